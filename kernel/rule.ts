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

/** Who may do one thing. Made by `allow` and `own`; joined by `or`; narrowed by `unless`. */
export class Rule {
  readonly roles: readonly RoleName[]
  /** Fields that name the member whose record it is: that member may, whatever their role. */
  readonly owners: readonly string[]
  readonly vetoes: readonly { readonly when: Condition; readonly reason: string }[]

  constructor(roles: readonly RoleName[], owners: readonly string[] = [], vetoes: Rule['vetoes'] = []) {
    this.roles = roles
    this.owners = owners
    this.vetoes = vetoes
  }

  or(other: Rule): Rule {
    return new Rule(
      [...this.roles, ...other.roles],
      [...this.owners, ...other.owners],
      [...this.vetoes, ...other.vetoes],
    )
  }

  /** Takes the permission back when the condition holds. The reason is shown to the person. */
  unless(when: Condition, reason: string): Rule {
    return new Rule(this.roles, this.owners, [...this.vetoes, { when, reason }])
  }
}

/** People with one of these roles may, unless their org has decided otherwise. */
export const allow = (...roles: readonly RoleName[]) => new Rule(roles)

/** The member whom the record's field names may. `own('id')` is the member record itself. */
export const own = (field: string) => new Rule([], [field])

/** Rules by permission, `module.singular.act`. */
export type Rules = Readonly<Record<string, Rule>>

/** Declares a module's permissions. Only what is declared can ever be allowed. */
export const defineRules = <const Declared extends Rules>(declared: Declared): Declared => declared
