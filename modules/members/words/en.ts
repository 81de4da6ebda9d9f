/** Sentences of the members module. */
export const words = {
  standing: { before_joining: 'The day cannot be before the member joined, {{joined}}.' },
  full_name: { label: 'Full name' },
} as const
