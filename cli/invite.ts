import { inviteAsHouse } from '@commonhall/engine'
import { say } from '@commonhall/kernel'
import { type Command, tell } from './command.ts'
import { withHouse } from './open.ts'

/** Invites somebody into an org: so its first admin comes in. */
export const inviteCommand: Command = {
  name: 'invite',
  takes: ['ORG', 'EMAIL'],
  options: { role: { type: 'string' }, name: { type: 'string' } },
  async run({ values, positionals: [org = '', email = ''] }) {
    const { role = 'admin', name = email.split('@', 1)[0] } = values
    const wanted = { org, email, role: String(role), name: String(name) }
    const { link } = await withHouse((house) => inviteAsHouse(house, wanted))
    tell(link === null ? say('cli:invite.mailed', { email }) : say('cli:invite.link', { email, link }))
    return 0
  },
}
