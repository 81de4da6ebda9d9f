import { type Module, type OrgKind, type RoleName, roleNames, sentenceCase } from '@commonhall/kernel'

/** What an org of a kind starts with; the person who founds it may choose otherwise. */
export interface Preset {
  readonly kind: OrgKind
  readonly accent: Accent
  readonly timeZone: string
  readonly roles: readonly RoleName[]
}

/** The colors that an org can have for its own, as the browser machine draws them. */
export const accents = [
  'teal',
  'green',
  'blue',
  'indigo',
  'violet',
  'grape',
  'pink',
  'red',
  'orange',
  'yellow',
  'lime',
  'cyan',
] as const

export type Accent = (typeof accents)[number]

const timeZone = 'America/New_York'

export const presets: readonly Preset[] = [
  { kind: 'union-local', accent: 'blue', timeZone, roles: roleNames },
  { kind: 'housing-cooperative', accent: 'teal', timeZone, roles: roleNames },
]

export const presetFor = (kind: OrgKind): Preset =>
  presets.find((preset) => preset.kind === kind) ?? { kind, accent: 'teal', timeZone, roles: roleNames }

/** Whether an org can have a module or not: the house's own, and what only others use, are always there. */
export const hasSwitch = ({ name, library }: Pick<Module, 'name' | 'library'>): boolean =>
  name !== 'foundation' && !library

/** The modules that an org of a kind starts with: those that were made for it or for everybody. */
export const modulesFor = (modules: readonly Module[], kind: OrgKind): string[] =>
  modules.filter((one) => hasSwitch(one) && (!one.orgKinds || one.orgKinds.includes(kind))).map(({ name }) => name)

/** Roles as foundation.found_org takes them. */
export const rolesOf = ({ roles }: Preset) => JSON.stringify(roles.map((name) => ({ name, label: sentenceCase(name) })))
