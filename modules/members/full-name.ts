import { defineSplit } from '@commonhall/kernel'
import { splitName } from './split-name.ts'

/** A whole name in one column, as most old programs print it. */
export const fullName = defineSplit({
  resource: 'members.member',
  name: 'full_name',
  label: 'Name',
  aka: ['Full name', 'Member name', 'Member', 'Name (last, first)', 'Last, first'],
  into: ['last_name', 'first_name', 'middle_name', 'suffix'],
  split: splitName,
})
