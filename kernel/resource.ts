import type { ColumnType, Generated } from 'kysely'
import type { Field, Fields } from './fields/field.ts'
import type { AttachmentUse } from './file.ts'
import { kebab, sentenceCase, snake } from './names.ts'
import type { About } from './personal.ts'
import { type TraitName, traits } from './traits/index.ts'

/** Which fields a list, a search and a form show. All names are checked against the resource's fields. */
export interface Views<Name extends string> {
  /** Columns of the list, in order. */
  readonly list: readonly Name[]
  /** Fields in which the words of a search are looked for. Each costs space in the trigram index. */
  readonly search?: readonly Name[]
  readonly filters?: readonly Name[]
  /** The order when none is asked for; `-` means descending. The id is always added as the last key. */
  readonly sort?: readonly (Name | `-${Name}`)[]
  /** Further orders that must be fast: each becomes an index. */
  readonly sortable?: readonly Name[]
  /** How the form and the record page group the fields, in the order in which people think of them. */
  readonly groups?: readonly { readonly label: string; readonly fields: readonly Name[] }[]
}

export interface ResourceOptions<F extends Fields> {
  readonly label: string
  readonly plural: string
  /** Name of an icon of the browser machine, for the navigation. */
  readonly icon?: string
  /** Last part of the address, when it is not the plural in kebab case. */
  readonly path?: string
  readonly traits?: readonly TraitName[]
  readonly fields: F
  readonly views: Views<keyof F & string>
  /** How one record is called, with field names in braces: `{last_name}, {first_name}`. */
  readonly title: string
  /** The field by which people name a record in files and on paper; it must be unique. */
  readonly naturalKey?: keyof F & string
  /** People can stand for its records: rules let them in by `own(field, resource)`, and invitations offer it. */
  readonly party?: boolean
  /** Routes of its own write it: the machine lists and reads it, and its forms and imports leave it alone. */
  readonly ownWriting?: boolean
  /** Acts on a record that routes of its own carry out, each under the rule of its name: `can` tells of them too. */
  readonly ownActs?: readonly string[]
  /** What files can be attached to its records, if it is attachable. */
  readonly files?: AttachmentUse
  /** Fields that are unique together. */
  readonly uniqueTogether?: readonly (readonly (keyof F & string)[])[]
  /** Whom its records are about, and what becomes of them when a person's data is erased. */
  readonly about?: About<keyof F & string>
  /** A period of days, both ends included, in which the `per` fields occur once: a temporal key. */
  readonly temporalKey?: {
    readonly per: readonly (keyof F & string)[]
    readonly from: keyof F & string
    readonly until: keyof F & string
  }
}

/** One table, its API, list, form, import and export: data only. */
export interface Resource<Name extends string = string, F extends Fields = Fields> extends Omit<
  ResourceOptions<F>,
  'views'
> {
  /** Full name, `module.singular`. */
  readonly name: Name
  readonly module: string
  /** The PostgreSQL schema and table. */
  readonly schema: string
  readonly table: string
  readonly path: string
  readonly traits: readonly TraitName[]
  readonly views: Required<Views<keyof F & string>>
}

/** Fields whose names the house has taken. */
export const baseColumns = ['id', 'org_id', 'version', 'created_at', 'updated_at'] as const

/** Under this name the trail of a record tells of files that are attached to it. */
export const attachedFile = 'attached_file'

/** What every record carries besides its own fields. */
export interface RecordBase {
  id: string
  version: number
  created_at: string
  updated_at: string
}

type ValueOf<F> = F extends Field<infer Value, infer Needed> ? (Needed extends true ? Value : Value | null) : never
type Written<F> =
  F extends Field<infer Value, infer Needed>
    ? Needed extends true
      ? F extends { default: unknown } | { computed: true }
        ? Value | undefined
        : Value
      : Value | null | undefined
    : never

/** A row of the resource as it comes from the database and goes over the wire. */
export type RowOf<R extends Resource> = RecordBase & { [K in keyof R['fields']]: ValueOf<R['fields'][K]> }

/** A resource's table for the query builder. */
export type TableOf<R extends Resource> = {
  id: Generated<string>
  org_id: Generated<string>
  version: Generated<number>
  created_at: Generated<string>
  updated_at: ColumnType<string, string | undefined, string>
  archived_at: ColumnType<string | null, string | null | undefined, string | null>
} & { [K in keyof R['fields']]: ColumnType<ValueOf<R['fields'][K]>, Written<R['fields'][K]>, ValueOf<R['fields'][K]>> }

/**
 * Tables that queries may name. Each resource file adds its own by declaration merging, which is how a misspelt column
 * fails to compile.
 */
export interface Tables {}

/** Declares a resource. Refuses, at boot, a declaration that contradicts itself. */
export function defineResource<const Name extends `${string}.${string}`, const F extends Fields>(
  name: Name,
  options: ResourceOptions<F>,
): Resource<Name, F> {
  const [module = '', singular = ''] = name.split('.')
  const { list, search = [], filters = [], sort = [], sortable = [], groups } = options.views
  const names = Object.keys(options.fields)
  const resource: Resource<Name, F> = {
    ...options,
    name,
    module,
    schema: snake(module),
    table: snake(singular),
    path: options.path ?? kebab(options.plural),
    traits: options.traits ?? [],
    views: { list, search, filters, sort, sortable, groups: groups ?? [{ label: options.label, fields: names }] },
  }
  for (const taken of [
    ...baseColumns,
    attachedFile,
    ...resource.traits.flatMap((trait) => Object.keys(traits[trait].columns)),
  ]) {
    if (taken in options.fields) throw new Error(`${name}: the name "${taken}" belongs to the house.`)
  }
  if (options.files && !isAttachable(resource)) throw new Error(`${name}: files are for attachable records alone.`)
  const { naturalKey, title } = options
  if (naturalKey && !options.fields[naturalKey]?.unique) throw new Error(`${name}: the natural key must be unique.`)
  for (const part of titleParts(title)) {
    if (part.field && !(part.field in options.fields)) throw new Error(`${name}: the title names "${part.field}".`)
  }
  return resource
}

export const labelOf = (declared: Fields, name: string) => declared[name]?.label ?? sentenceCase(name)

/** `{last_name}, {first_name}` → its fields and the text between them. */
export function titleParts(title: string): { field?: string; text?: string }[] {
  return title
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((part) => (part.startsWith('{') ? { field: part.slice(1, -1) } : { text: part }))
}

export const isAttachable = (resource: Resource) => resource.traits.includes('attachable')

/** The fields that hold a file of each record. */
export const fileFieldsOf = ({ fields }: Pick<Resource, 'fields'>): string[] =>
  Object.entries(fields).flatMap(([name, { kind }]) => (kind === 'file' ? [name] : []))

/** Whether its records have files, attached or in a field. */
export const carriesFiles = (resource: Resource) => isAttachable(resource) || fileFieldsOf(resource).length > 0

export const isArchivable = (resource: Resource) => resource.traits.includes('archivable')

/** The choices of a choice field; none for other kinds. */
export const choicesOf = (declared: Field | undefined) =>
  (declared as { choices?: readonly string[] } | undefined)?.choices ?? []

/** The resource that a reference points to; undefined for other kinds. */
export const targetOf = (declared: Field | undefined) => (declared as { to?: string } | undefined)?.to
