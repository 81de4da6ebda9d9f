import type { Field } from '@commonhall/kernel'

/** A field of a kind of record, by its path, and of a record that is saved already. */
export interface FilePlace {
  readonly resource: string
  readonly record?: string
  readonly field: string
}

/**
 * What every control of a form gets. `value` is what was typed or chosen; empty is `''`, and it becomes null on the
 * wire.
 */
export interface ControlProps {
  readonly id: string
  readonly field: Field
  readonly label: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly error?: string | undefined
  readonly disabled?: boolean
  /** What the record is called to which a reference points now. */
  readonly title?: string | undefined
  readonly module: string
  /** Whether it has the focus when the dialog opens in which it stands. */
  readonly isFirst?: boolean | undefined
  /** Where a file goes that is chosen here; there are none without it. */
  readonly place?: FilePlace | undefined
}

/** What the inputs of Mantine share; `required` marks the label and tells assistive technology. */
export const common = ({ id, field, label, error, disabled, isFirst }: ControlProps) => ({
  id,
  name: id,
  label,
  description: field.help,
  error,
  disabled: disabled ?? false,
  required: field.required ?? false,
  autoComplete: 'off',
  'data-autofocus': isFirst || undefined,
})
