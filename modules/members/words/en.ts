/** Sentences of the members module. */
export const words = {
  standing: { before_joining: 'The day cannot be before the member joined, {{joined}}.' },
  standing_news: {
    title: {
      applicant: 'You are now an applicant of {{org}}',
      active: 'You are an active member of {{org}}',
      suspended: 'Your membership in {{org}} is suspended',
      withdrawn: 'You are no longer a member of {{org}}',
      retired: 'You are now a retired member of {{org}}',
    },
    intro: {
      applicant: 'Your application is on the roll. The office lets you know how it goes on.',
      active: 'From now on you stand on the roll of {{org}} as an active member.',
      suspended: 'Until this is settled, rights that come with membership may rest. Your office can say which.',
      withdrawn: 'The roll of {{org}} now says that you have withdrawn. Your history stays on file.',
      retired: 'Thank you for all the years. The roll of {{org}} now says that you are retired.',
    },
    reason: 'Reason',
    act: 'See your record',
    mistake: 'Is this wrong, or news to you? Please ask the office of {{org}}.',
  },
  full_name: { label: 'Full name' },
} as const
