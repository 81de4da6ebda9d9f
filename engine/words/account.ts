/** What people read about their own sessions and their e-mail address, on the page and by mail. */
export const account = {
  device: { on: '{{browser}} on {{system}}', unknown: 'Unknown device' },
  no_session: 'There is no such session. It may have ended already.',
  email: {
    change_requested:
      'A link is on its way to {{email}}. Until you open it, your address stays as it is. It works for 24 hours.',
    verification_requested: 'A link is on its way to {{email}}. It works for 24 hours.',
    verified_already: '{{email}} is confirmed already. There is nothing to do.',
    limited_one: 'Many links have been mailed already. Wait {{count}} minute, then try again.',
    limited_other: 'Many links have been mailed already. Wait {{count}} minutes, then try again.',
    spent: 'This link has been used already or is older than 24 hours. Sign in, and ask for a new one under Account.',
    taken: 'Somebody else uses {{email}} by now. Your address stays as it was.',
  },
  mail: {
    link: {
      subject: 'Confirm your e-mail address for Commonhall',
      intro: 'Somebody, probably you, asked to confirm that {{email}} is the address of your Commonhall sign-in.',
      intro_new: 'Somebody, probably you, wants to use {{email}} to sign in to Commonhall from now on.',
      act: 'Confirm this address',
      limit: 'The link works once and for 24 hours.',
      ignore: 'If it was not you, do nothing.',
      ignore_new: 'If it was not you, do nothing: the address is not taken over without this link.',
    },
    taken: {
      subject: 'You already sign in to Commonhall with this address',
      intro:
        'Somebody, perhaps you, asked to use {{email}} for another Commonhall sign-in. It belongs to yours already, ' +
        'so nothing was changed.',
      act: 'Sign in with this address',
      ignore: 'If it was not you, there is nothing to do. Whoever asked has not been told that you have an account.',
    },
    note: {
      subject: 'Your e-mail address for Commonhall is about to change',
      intro:
        'Somebody who is signed in as you asked to change your address for Commonhall from {{present}} to {{email}}.',
      known: 'Was it you? Then open the link in the mail that went to the new address. This one you can delete.',
      unknown:
        'Was it not you? Then somebody else is using your sign-in. Choose a new password now: this signs everybody ' +
        'out and stops the change.',
      act: 'Choose a new password',
      late: 'Does the page say it has no mail for you? Then tell an administrator of your organization at once.',
    },
  },
} as const
