import { defineResource, field, type TableOf } from '@commonhall/kernel'

export const member = defineResource('members.member', {
  label: 'Member',
  plural: 'Members',
  traits: ['audited', 'archivable', 'attachable'],
  title: '{last_name}, {first_name}',
  naturalKey: 'card_number',
  about: {
    id: {
      replace: { last_name: 'Erased member', first_name: '{code}', card_number: 'erased-{code}' },
      erase: [
        'middle_name',
        'suffix',
        'preferred_name',
        'email',
        'phone',
        'address',
        'birth_on',
        'gender',
        'household',
        'ssn_last_four',
        'notes',
      ],
      keep: ['classification', 'chapter', 'state', 'joined_on', 'left_on', 'paid_through_on'],
      because:
        'How many members there were at any time, of which class, and when somebody joined and left, is what votes ' +
        'and dues are counted by.',
    },
  },
  fields: {
    card_number: field.text({
      required: true,
      unique: true,
      max: 40,
      help: 'The number on the card or book. No two members share one.',
      aka: ['Card', 'Card No', 'Card #', 'Book', 'Book No', 'Member No', 'Member #', 'Member ID', 'ID', 'No'],
    }),
    last_name: field.text({ required: true, max: 100, aka: ['Surname', 'Family name', 'Last', 'LName'] }),
    first_name: field.text({ required: true, max: 100, aka: ['Given name', 'First', 'FName'] }),
    middle_name: field.text({ max: 100, aka: ['Middle', 'MI', 'Middle initial'] }),
    suffix: field.text({ max: 20, help: 'Jr., Sr., III', aka: ['Sfx', 'Name suffix'] }),
    preferred_name: field.text({ max: 100, aka: ['Goes by', 'Nickname', 'Known as'] }),
    email: field.text({ format: 'email', max: 254, label: 'E-mail', aka: ['Email address', 'Mail'] }),
    phone: field.text({
      format: 'phone',
      max: 40,
      aka: ['Tel', 'Telephone', 'Phone number', 'Cell', 'Mobile', 'Home phone'],
    }),
    address: field.text({ max: 400, aka: ['Addr', 'Street', 'Mailing address', 'Home address'] }),
    birth_on: field.date({
      past: true,
      sensitive: true,
      label: 'Date of birth',
      aka: ['DOB', 'Birth date', 'Birthdate', 'Birthday', 'Born'],
    }),
    gender: field.text({ max: 40, aka: ['Sex'] }),
    classification: field.text({
      max: 100,
      help: 'Journeyman, apprentice, shareholder …',
      aka: ['Class', 'Cl', 'Trade', 'Type'],
    }),
    chapter: field.text({ max: 100, aka: ['Unit', 'Branch', 'District', 'Local', 'State'] }),
    state: field.choice(['applicant', 'active', 'suspended', 'withdrawn', 'retired', 'deceased'], {
      required: true,
      default: 'applicant',
      label: 'Standing',
      aka: ['Status', 'Member status'],
      tones: {
        applicant: 'new',
        active: 'good',
        suspended: 'bad',
        withdrawn: 'idle',
        retired: 'idle',
        deceased: 'idle',
      },
    }),
    joined_on: field.date({
      label: 'Joined',
      aka: ['Join date', 'Init date', 'Initiated', 'Initiation date', 'Member since'],
    }),
    left_on: field.date({ label: 'Left', aka: ['Leave date', 'Withdrawal date', 'Term date'] }),
    paid_through_on: field.date({ label: 'Paid through', aka: ['Paid thru', 'Dues paid to', 'Paid to', 'Paid until'] }),
    household: field.ref('members.household'),
    ssn_last_four: field.text({
      format: 'last-four',
      sensitive: true,
      label: 'SSN, last four',
      aka: ['SSN', 'Social security', 'Social security number', 'SS#'],
    }),
    notes: field.longText({ sensitive: true }),
  },
  views: {
    list: ['last_name', 'first_name', 'card_number', 'classification', 'state', 'phone', 'joined_on'],
    search: ['last_name', 'first_name', 'preferred_name', 'card_number', 'email', 'phone'],
    filters: ['state', 'classification', 'chapter', 'joined_on', 'paid_through_on'],
    sort: ['last_name', 'first_name'],
    sortable: ['joined_on'],
    groups: [
      { label: 'Name', fields: ['first_name', 'middle_name', 'last_name', 'suffix', 'preferred_name'] },
      {
        label: 'Membership',
        fields: ['card_number', 'state', 'classification', 'chapter', 'joined_on', 'left_on', 'paid_through_on'],
      },
      { label: 'Contact', fields: ['email', 'phone', 'address', 'household'] },
      { label: 'Personal', fields: ['birth_on', 'gender', 'ssn_last_four'] },
      { label: 'Notes', fields: ['notes'] },
    ],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'members.member': TableOf<typeof member>
  }
}
