import { defineNotice, field, say, spokenInstant } from '@commonhall/kernel'

/** A vote has opened in which the reader can vote. */
export const voteOpened = defineNotice('notices.vote-opened', {
  label: 'Votes that open',
  fields: {
    vote: field.text({ required: true }),
    closes_at: field.instant({ required: true }),
    path: field.text({ required: true, help: 'Where it is, within the pages of the organization.' }),
  },
  mail: 'now',
  message({ vote, closes_at, path }, { org, timeZone }) {
    return {
      title: say('notices:vote.opened_title', { vote }),
      paragraphs: [say('notices:vote.opened_intro', { org })],
      facts: [
        { label: say('notices:vote.vote'), value: vote },
        { label: say('notices:vote.open_until'), value: spokenInstant(closes_at, timeZone) },
      ],
      act: { label: say('notices:vote.act'), path },
      notes: [say('notices:vote.secret'), say('notices:vote.elsewhere')],
    }
  },
  sample: { vote: 'Election of officers 2026', closes_at: '2026-04-10T22:00:00.000Z', path: '/members' },
})
