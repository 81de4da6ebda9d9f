import { defineNotice, field, say } from '@commonhall/kernel'

/** A contractor is told of an award, in the same words as every other. */
export const offerMade = defineNotice('market-recovery.offer-made', {
  label: 'Awards that are offered to contractors',
  fields: {
    project: field.text({ required: true }),
    contractor: field.text({ required: true }),
    terms: field.longText({ required: true }),
  },
  mail: 'now',
  // Whoever was not told could not bid: nobody switches it off.
  always: true,
  message: ({ project, contractor, terms }) => ({
    title: say('market-recovery:offer.title', { project }),
    paragraphs: [say('market-recovery:offer.intro', { contractor, project }), terms],
    notes: [say('market-recovery:offer.same')],
  }),
  sample: {
    project: 'Canal Street School',
    contractor: 'Bayline Electric',
    terms: 'Journeyman $10.00 an hour; at most 1,500.00 hours and $15,000.00 in all; until September 30, 2026.',
  },
})
