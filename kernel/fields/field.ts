import type { JsonSchema } from '../json-schema.ts'

/** Options that a field of any kind takes. All are data, so that a field travels to the browser as JSON. */
export interface CommonOptions {
  /** What the field is called on screen; made from the field's name when left out. */
  label?: string
  /** One sentence under the control. */
  help?: string
  /** Other headings under which import files carry this field, compared without case, spaces and punctuation. */
  aka?: readonly string[]
  /** A value must be present in every record. */
  required?: boolean
  /** No two records of one org may carry the same value; letter case does not tell values apart. */
  unique?: boolean
  /** Set by the house, never by a request: shown, filtered and exported, but not in forms. */
  computed?: boolean
  /** Can be given when the record is created, and not changed afterwards. */
  immutable?: boolean
  /** Reading it leaves an entry in the audit trail: for what harms a person when it gets about. */
  sensitive?: boolean
  /** In a report: the field that its values are, `members.member.birth_on`. Who may not read that does not get them. */
  from?: string
  /** In a report: the record that the value leads to, and the hidden column that holds its id. */
  record?: { readonly resource: string; readonly by: string }
  /** In a report: there for a link, not to be seen, and in no file. */
  hidden?: boolean
}

/**
 * A declared field: plain data, plus the type of its values. `Value` is the type on the wire and in a row alike:
 * money and decimals are strings, dates `YYYY-MM-DD`, instants RFC 3339 in UTC.
 */
export interface Field<Value = unknown, Needed extends boolean = boolean> extends CommonOptions {
  readonly kind: string
  readonly required?: Needed
  /** Carries the value's type for the compiler; never present at run time. */
  readonly __value?: Value
  readonly default?: unknown
}

export type Fields = Readonly<Record<string, Field>>

/** What a set of fields holds, as an event's payload, a job's, or a route's input. */
export type ValuesOf<F extends Fields> = {
  [K in keyof F]: F[K] extends Field<infer Value, infer Needed> ? (Needed extends true ? Value : Value | null) : never
}

/** What a parse answers: the value to store, or the code of the sentence that says what is wrong with it. */
export type Parsed<Value = unknown> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly code: string; readonly params?: Readonly<Record<string, unknown>> }

/** How a file or a person writes values: settled once for a whole import, not guessed cell by cell. */
export interface ReadingHints {
  /** Order of day, month and year in dates such as 5/6/2020. */
  readonly dateOrder?: 'mdy' | 'dmy' | 'ymd'
  /** The character between the whole and the fraction of a number. */
  readonly decimalMark?: '.' | ','
}

/** What the list's filter can ask of a column. `eq` may be given several values: any of them. */
export type Operator = 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'contains' | 'empty'

/** The behavior of a kind of field: one object per kind, shared by all its fields. */
export interface Kind<Options extends CommonOptions = CommonOptions> {
  readonly kind: string
  readonly operators: readonly Operator[]
  /** Numbers stand right, so that their digits align. */
  readonly align: 'start' | 'end'
  /** The PostgreSQL type of the column, as `format_type` spells it. */
  sqlType(options: Options): string
  /** A JSON value from a request, checked and put into its one stored form. Never sees null. */
  parse(input: unknown, options: Options): Parsed
  /** A cell of text as a person wrote it. Never sees an empty cell. */
  read(text: string, options: Options, hints: ReadingHints): Parsed
  schema(options: Options): JsonSchema
}

export const fine = <Value>(value: Value): Parsed<Value> => ({ ok: true, value })

export const wrong = (code: string, params?: Record<string, unknown>): Parsed<never> =>
  params ? { ok: false, code, params } : { ok: false, code }

/** Infers `true` only from a literal `required: true`. */
type Needs<Options> = Options extends { required: true } ? true : false

/** The field that a set of options declares; a default makes a required field optional on creation. */
export type Made<Value, Options> = Field<Value, Needs<Options>> &
  (Options extends { default: infer Default } ? { readonly default: Default } : unknown) &
  (Options extends { computed: true } ? { readonly computed: true } : unknown)

/** Types a field's options into the field itself; each kind's file calls it. */
export const makeField = <Value, Options>(kind: string, options: object | undefined) =>
  ({ kind, ...options }) as unknown as Made<Value, Options>
