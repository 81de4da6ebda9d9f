import { type Fields, labelOf } from '@commonhall/kernel'
import { Control } from '../fields/index.tsx'
import type { Draft } from './draft.ts'
import classes from './form.module.css'

interface FormFieldsProps {
  fields: Fields
  names: readonly string[]
  draft: Draft
  prefix: string
  module: string
  titles?: Readonly<Record<string, string>> | undefined
  /** The path of the kind of record, and the record when it is saved: where files of its fields go. */
  path?: string
  record?: string | undefined
  /** Fields that are shown but can no longer be changed. */
  fixed?: (name: string) => boolean
  /** In a dialog: its first field is where one begins. */
  inDialog?: boolean
}

/** Controls of some fields, one under the other. */
export function FormFields({
  fields,
  names,
  draft,
  prefix,
  module,
  titles,
  path,
  record,
  fixed,
  inDialog,
}: FormFieldsProps) {
  return (
    <div className={classes['fields']}>
      {names.map((name, index) => {
        const field = fields[name]
        if (!field) return null
        return (
          <div key={name} onBlur={() => draft.look(name)}>
            <Control
              id={`${prefix}${name}`}
              field={field}
              label={labelOf(fields, name)}
              value={draft.values[name]}
              onChange={(value) => draft.set(name, value)}
              error={draft.errors.find(({ path }) => path === name)?.message}
              disabled={fixed?.(name) ?? false}
              title={titles?.[name]}
              module={module}
              isFirst={inDialog && index === 0}
              place={path ? { resource: path, field: name, ...(record ? { record } : {}) } : undefined}
            />
          </div>
        )
      })}
    </div>
  )
}
