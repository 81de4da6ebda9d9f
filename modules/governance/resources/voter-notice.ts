import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** A notice of an election to one voter, and the proof that it went out. */
export const voterNotice = defineResource('governance.voter-notice', {
  label: 'Notice of election',
  plural: 'Notices of elections',
  path: 'voter-notices',
  traits: ['audited', 'attachable'],
  title: '{way} {sent_on}',
  ownWriting: true,
  files: { keepYears: 1 },
  fields: {
    election: field.ref('governance.election', { required: true }),
    voter: field.ref('governance.voter', { required: true, named: true }),
    member: field.ref('members.member', { named: true }),
    way: field.choice(['mail', 'post', 'hand'], {
      required: true,
      default: 'mail',
      names: { mail: 'By e-mail', post: 'By post', hand: 'By hand' },
    }),
    address: field.text({ required: true, max: 400, label: 'Last known address' }),
    sent_on: field.date({ required: true }),
    state: field.choice(['queued', 'mailing', 'sent', 'failed', 'outdated'], {
      required: true,
      default: 'queued',
      names: { mailing: 'On its way', outdated: 'The dates have changed' },
      tones: { queued: 'new', mailing: 'new', sent: 'good', failed: 'bad', outdated: 'idle' },
    }),
    proof: field.text({ max: 500, help: 'The answer of the mail server, or the number on the postal receipt.' }),
    recorded_by: field.ref('foundation.org_user', { named: true }),
  },
  about: {
    member: {
      keep: ['election', 'voter', 'way', 'address', 'sent_on', 'state', 'proof', 'recorded_by'],
      because: 'That everybody had notice of an election is proven for a year (29 CFR 452.99).',
    },
  },
  views: {
    list: ['voter', 'way', 'address', 'sent_on', 'state', 'proof'],
    filters: ['election', 'voter', 'state', 'way', 'member'],
    sort: ['-sent_on'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.voter_notice': TableOf<typeof voterNotice>
  }
}
