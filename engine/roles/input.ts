import { field } from '@commonhall/kernel'

const label = { max: 60, label: 'Name' } as const

export const newFields = {
  label: field.text({ ...label, required: true }),
  copy_of: field.ref(),
  permissions: field.json(),
}

export const changeFields = {
  label: field.text({ ...label, required: true }),
  permissions: field.json(),
  requires_second_factor: field.yesNo({ required: true }),
}

export const grantFields = { role: field.ref(undefined, { required: true }) }

export const personFields = { own_record: field.ref(), stands_for: field.json() }
