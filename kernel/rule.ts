/** Roles that every org starts with. An org can change what each may do. */
export const roleNames = ['admin', 'officer', 'treasurer', 'staff', 'organizer', 'instructor', 'member'] as const

export type RoleName = (typeof roleNames)[number]

/** Something about a record that a rule asks: data, so that it becomes a check in memory and a filter in SQL. */
export type Condition =
  | { readonly test: 'same'; readonly field: string; readonly to: 'actor' | 'member' }
  | { readonly test: 'is'; readonly field: string; readonly values: readonly unknown[] }
  | { readonly test: 'may'; readonly permission: string }
  | { readonly test: 'no'; readonly of: Condition }
  | { readonly test: 'every'; readonly of: readonly Condition[] }

/** The record's field names the user who acts, or the member that they are. */
export const same = (field: string, to: 'actor' | 'member'): Condition => ({ test: 'same', field, to })

/** The record's field holds one of these values. */
export const is = (field: string, ...values: readonly unknown[]): Condition => ({ test: 'is', field, values })

/** Whoever acts has this permission, whatever the record. */
export const may = (permission: string): Condition => ({ test: 'may', permission })

export const no = (of: Condition): Condition => ({ test: 'no', of })

export const every = (...of: readonly Condition[]): Condition => ({ test: 'every', of })

/** The fields of the record that a condition looks at. */
export function fieldsIn(condition: Condition): readonly string[] {
  if (condition.test === 'every') return condition.of.flatMap(fieldsIn)
  if (condition.test === 'no') return fieldsIn(condition.of)
  return condition.test === 'may' ? [] : [condition.field]
}

/** Whose a record is: its field names what the person stands for. */
export interface Owner {
  readonly field: string
  /** The resource that they stand for a record of; null for the member whose sign-in it is. */
  readonly party: string | null
}

/** Who may do one thing. Made by `allow`, `own` and `anyParty`; joined by `or`; narrowed by `unless` and `freshly`. */
export class Rule {
  readonly roles: readonly RoleName[]
  /** Fields that name the member, or the party, whose record it is: they may, whatever their role. */
  readonly owners: readonly Owner[]
  /** Whoever stands for any record may, as if by a role: what they see is narrowed elsewhere. */
  readonly parties: boolean
  readonly vetoes: readonly { readonly when: Condition; readonly reason: string }[]
  /** The person must have shown a factor within the last minutes. */
  readonly fresh: boolean

  constructor({ roles = [], owners = [], parties = false, vetoes = [], fresh = false }: RuleParts) {
    this.roles = roles
    this.owners = owners
    this.parties = parties
    this.vetoes = vetoes
    this.fresh = fresh
  }

  or(other: Rule): Rule {
    return new Rule({
      roles: [...this.roles, ...other.roles],
      owners: [...this.owners, ...other.owners],
      parties: this.parties || other.parties,
      vetoes: [...this.vetoes, ...other.vetoes],
      fresh: this.fresh || other.fresh,
    })
  }

  /** Takes the permission back when the condition holds. The reason is shown to the person. */
  unless(when: Condition, reason: string): Rule {
    return this.or(new Rule({ vetoes: [{ when, reason }] }))
  }

  /** Asks people to prove again who they are before they act, unless they just have: for money, mass and power. */
  freshly(): Rule {
    return this.or(new Rule({ fresh: true }))
  }
}

type RuleParts = Partial<Pick<Rule, 'roles' | 'owners' | 'parties' | 'vetoes' | 'fresh'>>

/** People with one of these roles may, unless their org has decided otherwise. */
export const allow = (...roles: readonly RoleName[]) => new Rule({ roles })

/**
 * Whoever the record's field names may. `own('id')` is the member's record itself; `own('contractor',
 * 'market-recovery.contractor')` lets in people who stand for the contractor that the field names.
 */
export const own = (field: string, party: string | null = null) => new Rule({ owners: [{ field, party }] })

/** Whoever stands for a record of any kind may, though they have no role. */
export const anyParty = () => new Rule({ parties: true })

/**
 * Rules by permission: `module.singular.act`, or `module.singular.field.read` and `.write` for a field that not all who
 * read or change the record may read or set.
 */
export type Rules = Readonly<Record<string, Rule>>

/** Declares a module's permissions. Only what is declared can ever be allowed. */
export const defineRules = <const Declared extends Rules>(declared: Declared): Declared => declared
