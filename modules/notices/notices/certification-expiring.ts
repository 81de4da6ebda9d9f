import { defineNotice, field, say, spokenDate, spokenDistance } from '@commonhall/kernel'

/** Somebody's certification is about to run out, or has. */
export const certificationExpiring = defineNotice('notices.certification-expiring', {
  label: 'Certifications that run out',
  fields: {
    person: field.text({ required: true }),
    certification: field.text({ required: true }),
    expires_on: field.date({ required: true }),
    days_left: field.count({ required: true, min: -3650 }),
    path: field.text({ required: true, help: 'Where it is, within the pages of the organization.' }),
  },
  mail: 'now',
  message({ person, certification, expires_on, days_left, path }) {
    const tense = days_left < 0 ? 'past' : 'ahead'
    const when = spokenDistance(days_left)
    return {
      title: say(`notices:certification.title_${tense}`, { person, certification, when }),
      paragraphs: [say(`notices:certification.intro_${tense}`)],
      facts: [
        { label: say('notices:certification.certification'), value: certification },
        { label: say('notices:certification.person'), value: person },
        { label: say('notices:certification.expires_on'), value: spokenDate(expires_on) },
      ],
      act: { label: say('notices:certification.act'), path },
      notes: [say('notices:certification.renewed')],
    }
  },
  sample: {
    person: 'Ray Delgado',
    certification: 'OSHA 30-hour construction',
    expires_on: '2026-04-14',
    days_left: 14,
    path: '/members',
  },
})
