import { type CommonOptions, fine, type Kind, makeField, wrong } from './field.ts'

export interface RefOptions extends CommonOptions {
  /** Full name of the resource pointed to, such as `members.member`; a name, so that no import circle can arise. */
  to?: string
  /**
   * Whoever reads the field reads what the record is called, though they may not read the record: so that a contractor
   * sees the names of the members who work for it, and nothing else of them.
   */
  named?: boolean
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const isUuid = (input: unknown): input is string => typeof input === 'string' && uuid.test(input)

/** Another record of the org, by its id. The foreign key carries the org, so a stranger's record cannot be named. */
export const refKind: Kind<RefOptions> = {
  kind: 'ref',
  operators: ['eq', 'ne', 'empty'],
  align: 'start',
  sqlType: () => 'uuid',
  parse: (input) => (isUuid(input) ? fine(input.toLowerCase()) : wrong('not_a_reference')),
  // An import names the record by its natural key; the importer looks it up. Here only an id can be told.
  read: (text) => refKind.parse(text.trim(), {}),
  schema: () => ({ type: 'string', format: 'uuid' }),
}

/** Without a target: the id of a record of any kind, as an audit entry holds it. */
export const ref = <const Options extends Omit<RefOptions, 'to'>>(to?: `${string}.${string}`, options?: Options) =>
  makeField<string, Options>('ref', to ? { to, ...options } : options)
