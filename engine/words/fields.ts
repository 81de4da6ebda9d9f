/** Sentences about fields with rules of their own. */
export const fields = {
  not_shown: '{{label}} is not shown to your role. Ask an administrator of your organization if you need it.',
  not_asked: 'Your role does not show you {{label}}, so lists cannot be filtered or sorted by it.',
  only_own: 'You see {{label}} in some records only, so lists cannot be filtered or sorted by it.',
  not_settable: 'Your role does not include setting {{label}}.',
  only_own_settable: 'You may set {{label}} in some records only, so no column of a file can fill it.',
  not_set: 'Your role does not include setting {{label}}. Leave it out and try again; nothing was changed.',
} as const
