import { forgetFactors } from '@commonhall/engine'
import { say } from '@commonhall/kernel'
import { type Command, tell } from './command.ts'
import { withHouse } from './open.ts'

/** Helps somebody in who has lost their passkeys, their app and their recovery codes. */
export const forgetFactorsCommand: Command = {
  name: 'forget factors',
  takes: ['EMAIL'],
  async run({ positionals: [email = ''] }) {
    await withHouse((house) => forgetFactors(house, email))
    tell(say('cli:forget.done', { email }))
    return 0
  },
}
