import { defineResource, defineSplit, field } from '@commonhall/kernel'

/** A roll as a module could declare it, for tests of the pure parts. */
export const person = defineResource('roll.person', {
  label: 'Person',
  plural: 'People',
  title: '{last_name}, {first_name}',
  naturalKey: 'card_number',
  fields: {
    card_number: field.text({ required: true, unique: true, max: 20, aka: ['Card No', 'CardNo'] }),
    last_name: field.text({ required: true }),
    first_name: field.text({ required: true }),
    middle_name: field.text({ aka: ['Middle', 'MI'] }),
    suffix: field.text(),
    preferred_name: field.text({ aka: ['Goes By'] }),
    email: field.text({ format: 'email' }),
    phone: field.text({ format: 'phone', aka: ['Tel'] }),
    address: field.text(),
    birth_on: field.date({ past: true, aka: ['DOB', 'Date of Birth'] }),
    gender: field.text({ aka: ['Sex'] }),
    classification: field.text({ aka: ['Class', 'Cl'] }),
    chapter: field.text(),
    state: field.choice(['applicant', 'active', 'retired'], { required: true, default: 'applicant' }),
    joined_on: field.date({ aka: ['Init Date', 'Initiated'] }),
    paid_through_on: field.date({ aka: ['Paid Thru'] }),
    ssn_last_four: field.text({ format: 'last-four', aka: ['SSN', 'Social'] }),
    dues: field.money(),
    notes: field.longText(),
  },
  views: { list: ['card_number', 'last_name'] },
})

/** Just enough of a split for tests: "LAST, First Middle". */
export const fullName = defineSplit({
  resource: 'roll.person',
  name: 'full_name',
  label: 'Name',
  aka: ['Name', 'Full name', 'Member name'],
  into: ['last_name', 'first_name', 'middle_name'],
  split(text) {
    const [last = '', rest = ''] = text.split(',')
    const [first = '', ...middle] = rest.trim().split(' ')
    return { last_name: last.trim(), first_name: first, middle_name: middle.join(' ') }
  },
})
