import { defineEvent, defineNotice, field, say } from '@commonhall/kernel'

/** Ballots are counted, and the box is published under this seal. */
export const electionCounted = defineEvent('governance.election-counted', {
  election: field.ref('governance.election', { required: true }),
  seal: field.text({ required: true }),
})

const fields = {
  election: field.ref('governance.election', { required: true }),
  name: field.text({ required: true }),
}
const sample = { election: '01983c5e-7f00-7000-8000-000000000001', name: 'Officers 2027' }

/** To whoever runs the election or watches it: the seal, so that they have it in a place of their own. */
export const resultPublished = defineNotice('governance.result-published', {
  label: 'Results of elections',
  fields: { ...fields, seal: field.text({ required: true }) },
  mail: 'now',
  message: ({ election, name, seal }) => ({
    title: say('governance:closing.told.result', { name }),
    paragraphs: [say('governance:closing.told.keep_seal')],
    facts: [{ label: say('governance:closing.told.seal'), value: seal }],
    act: { label: say('governance:closing.told.see_result'), path: `/elections/${election}/results` },
  }),
  sample: { ...sample, seal: 'a'.repeat(64) },
})

/** To officers: the count has stopped at a tie that the rules leave to people. */
export const tieToSettle = defineNotice('governance.tie-to-settle', {
  label: 'Ties that people settle',
  fields,
  mail: 'now',
  message: ({ election, name }) => ({
    title: say('governance:closing.told.tie', { name }),
    paragraphs: [say('governance:closing.told.tie_intro')],
    act: { label: say('governance:closing.told.see_tie'), path: `/elections/${election}` },
  }),
  sample,
})
