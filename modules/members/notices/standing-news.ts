import { defineNotice, field, say } from '@commonhall/kernel'
import { member } from '../resources/member.ts'

/** A member's standing is another: told to the member, with the reason that stands in their history. */
export const standingNews = defineNotice('members.standing-news', {
  label: 'Changes of your standing',
  fields: {
    member: field.ref('members.member', { required: true }),
    state: member.fields.state,
    reason: field.longText(),
  },
  mail: 'now',
  message({ member: id, state, reason }, { org }) {
    return {
      title: say(`members:standing_news.title.${state}`, { org }),
      paragraphs: [say(`members:standing_news.intro.${state}`, { org })],
      facts: reason ? [{ label: say('members:standing_news.reason'), value: reason }] : [],
      act: { label: say('members:standing_news.act'), path: `/members/${id}` },
      notes: [say('members:standing_news.mistake', { org })],
    }
  },
  sample: {
    member: '01983c5e-7f00-7000-8000-000000000001',
    state: 'suspended',
    reason: 'Dues have been open since January.',
  },
})
