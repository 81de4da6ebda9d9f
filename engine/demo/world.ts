import type { RoleName } from '@commonhall/kernel'
import type { NewOrg } from '../foundation/found-org.ts'

/** The demo world: two locals and two co-ops, everybody in them invented. */
export const demoOrgs: readonly NewOrg[] = [
  { slug: 'local-100', name: 'Harbor Trades Local 100', kind: 'union-local', accent: 'blue' },
  {
    slug: 'local-200',
    name: 'Prairie Builders Local 200',
    kind: 'union-local',
    accent: 'orange',
    timeZone: 'America/Chicago',
  },
  { slug: 'riverside', name: 'Riverside Housing Cooperative', kind: 'housing-cooperative', accent: 'teal' },
  {
    slug: 'maple-court',
    name: 'Maple Court Cooperative',
    kind: 'housing-cooperative',
    accent: 'grape',
    timeZone: 'America/Los_Angeles',
  },
]

/** Who signs in, in every demo org: `ROLE@ORG.example`. */
export const demoPeople: readonly {
  readonly who: string
  readonly name: string
  readonly roles: readonly RoleName[]
}[] = [
  { who: 'admin', name: 'Ada Okafor', roles: ['admin'] },
  { who: 'officer', name: 'Otis Brandt', roles: ['officer'] },
  { who: 'officer2', name: 'Olga Reyes', roles: ['officer'] },
  { who: 'treasurer', name: 'Tess Lindgren', roles: ['treasurer'] },
  { who: 'staff', name: 'Sam Whitaker', roles: ['staff'] },
  { who: 'organizer', name: 'Ora Delgado', roles: ['organizer'] },
  { who: 'instructor', name: 'Ines Park', roles: ['instructor'] },
  { who: 'member', name: 'Max Moreau', roles: ['member'] },
]

export const demoHost = { email: 'host@commonhall.example', name: 'Hedda Host' }

export const demoEmail = (who: string, slug: string) => `${who}@${slug}.example`
