import { defineResource, field, type TableOf } from '@commonhall/kernel'

export const unit = defineResource('housing.unit', {
  label: 'Unit',
  plural: 'Units',
  traits: ['audited', 'archivable', 'attachable'],
  title: '{number}',
  naturalKey: 'number',
  fields: {
    number: field.text({ required: true, max: 20, unique: true, aka: ['Unit No', 'Apt', 'Apartment'] }),
    bedrooms: field.count({ max: 12, aka: ['Beds', 'BR'] }),
    charge: field.money({ label: 'Monthly charge', min: '0', aka: ['Rent', 'Housing charge'] }),
    shares: field.count({ min: 1, help: 'By which its vote is weighted, where votes are weighted.' }),
    state: field.choice(['occupied', 'vacant', 'renovation'], {
      required: true,
      default: 'vacant',
      tones: { occupied: 'good', vacant: 'new', renovation: 'warn' },
    }),
    notes: field.longText(),
  },
  views: {
    list: ['number', 'bedrooms', 'state', 'charge'],
    search: ['number', 'notes'],
    filters: ['state', 'bedrooms'],
    sort: ['number'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'housing.unit': TableOf<typeof unit>
  }
}
