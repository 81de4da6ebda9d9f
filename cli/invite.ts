import { inviteAsHouse } from '@commonhall/engine'
import { say } from '@commonhall/kernel'
import { type Command, tell, WrongUse } from './command.ts'
import { withHouse } from './open.ts'

/** Invites somebody into an org: so its first admin comes in, and whoever stands for a contractor. */
export const inviteCommand: Command = {
  name: 'invite',
  takes: ['ORG', 'EMAIL'],
  options: { role: { type: 'string' }, name: { type: 'string' }, for: { type: 'string' } },
  async run({ values, positionals: [org = '', email = ''] }) {
    const { role, name = email.split('@', 1)[0], for: party } = values
    const [, resource = '', record = ''] = /^([^=]+)=(.+)$/.exec(String(party)) ?? []
    if (party !== undefined && !record) throw new WrongUse(say('cli:invite.for'))
    const wanted = {
      org,
      email,
      name: String(name),
      // The first to come in is an admin; whoever stands for a record needs no role.
      role: role === undefined ? (party === undefined ? 'admin' : undefined) : String(role),
      standsFor: party === undefined ? undefined : { resource, record },
    }
    const { link } = await withHouse((house) => inviteAsHouse(house, wanted))
    tell(link === null ? say('cli:invite.mailed', { email }) : say('cli:invite.link', { email, link }))
    return 0
  },
}
