/** Roles that every org starts with. An org can change what each may do. */
export const roleNames = ['admin', 'officer', 'treasurer', 'staff', 'organizer', 'instructor', 'member'] as const

export type RoleName = (typeof roleNames)[number]

/** Something about a record that a rule asks: data, so that it becomes a check in memory and a filter in SQL. */
export type Condition =
  | { readonly test: 'same'; readonly field: string; readonly to: 'actor' | 'member' }
  | { readonly test: 'is'; readonly field: string; readonly values: readonly unknown[] }

/** The record's field names the user who acts. */
export const same = (field: string, _to: 'actor'): Condition => ({ test: 'same', field, to: 'actor' })

/** The record's field holds one of these values. */
export const is = (field: string, ...values: readonly unknown[]): Condition => ({ test: 'is', field, values })

/** Who may do one thing. Made by `allow` and `own`; joined by `or`; narrowed by `unless` and `freshly`. */
export class Rule {
  readonly roles: readonly RoleName[]
  /** Fields that name the member whose record it is: that member may, whatever their role. */
  readonly owners: readonly string[]
  readonly vetoes: readonly { readonly when: Condition; readonly reason: string }[]
  /** The person must have shown a factor within the last minutes. */
  readonly fresh: boolean

  constructor({ roles = [], owners = [], vetoes = [], fresh = false }: Partial<Pick<Rule, RuleParts>>) {
    this.roles = roles
    this.owners = owners
    this.vetoes = vetoes
    this.fresh = fresh
  }

  or(other: Rule): Rule {
    return new Rule({
      roles: [...this.roles, ...other.roles],
      owners: [...this.owners, ...other.owners],
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

type RuleParts = 'roles' | 'owners' | 'vetoes' | 'fresh'

/** People with one of these roles may, unless their org has decided otherwise. */
export const allow = (...roles: readonly RoleName[]) => new Rule({ roles })

/** The member whom the record's field names may. `own('id')` is the member record itself. */
export const own = (field: string) => new Rule({ owners: [field] })

/**
 * Rules by permission: `module.singular.act`, or `module.singular.field.read` and `.write` for a field that not all who
 * read or change the record may read or set.
 */
export type Rules = Readonly<Record<string, Rule>>

/** Declares a module's permissions. Only what is declared can ever be allowed. */
export const defineRules = <const Declared extends Rules>(declared: Declared): Declared => declared
