import { defineNotice, field, say, spokenInstant } from '@commonhall/kernel'

/** A vote is about to close, and the reader has not voted. */
export const voteClosing = defineNotice('notices.vote-closing', {
  label: 'Votes that are about to close',
  fields: {
    vote: field.text({ required: true }),
    closes_at: field.instant({ required: true }),
    path: field.text({ required: true, help: 'Where it is, within the pages of the organization.' }),
  },
  mail: 'now',
  message({ vote, closes_at, path }, { org, timeZone }) {
    const until = spokenInstant(closes_at, timeZone)
    return {
      title: say('notices:vote.closing_title', { vote }),
      paragraphs: [say('notices:vote.closing_intro', { org })],
      facts: [
        { label: say('notices:vote.vote'), value: vote },
        { label: say('notices:vote.closes'), value: until },
      ],
      act: { label: say('notices:vote.act'), path },
      notes: [say('notices:vote.secret')],
    }
  },
  sample: { vote: 'Election of officers 2026', closes_at: '2026-04-10T22:00:00.000Z', path: '/members' },
})
