/** The words of the mails that the house sends, and of the mailbox that keeps them where no mail server is set up. */
export const mail = {
  greeting: 'Hello {{name}},',
  hello: 'Hello,',
  waits: 'The mail server could not take a mail now ({{answer}}). It is tried again.',
  webhook_key:
    'SENDGRID_WEBHOOK_KEY is no public key of SendGrid. Copy the verification key from its settings under Mail ' +
    'Settings, Event Webhook, Signed Event Webhook.',
  not_signed: 'This is not signed by SendGrid, or it is over ten minutes old.',
  no_events: 'A list of at most {{most}} events belongs here.',
  house: 'Commonhall',
  summary: 'Summary',
  role: 'email',
  address: 'The button leads to',
  unsubscribe: 'Unsubscribe from mail of this kind',
  unsubscribe_all: 'Unsubscribe from all such mail of {{org}}',
  settings: 'Choose what you are mailed',
  why: {
    org: 'You get this because you have a sign-in at {{org}}.',
    house: 'You get this because of your sign-in to Commonhall.',
  },
  digest: {
    daily_one: '{{sender}}: {{count}} thing since yesterday',
    daily_other: '{{sender}}: {{count}} things since yesterday',
    weekly_one: '{{sender}}: {{count}} thing this week',
    weekly_other: '{{sender}}: {{count}} things this week',
    quiet_one: '{{sender}}: {{count}} thing from your quiet hours',
    quiet_other: '{{sender}}: {{count}} things from your quiet hours',
    intro_daily: 'This is what came in since your last daily summary.',
    intro_weekly: 'This is what came in since your last weekly summary.',
    intro_quiet: 'This is what came in during your quiet hours.',
    act: 'Open your inbox',
    more_one: 'and {{count}} more',
    more_other: 'and {{count}} more',
    left_one: '{{count}} more is in your inbox.',
    left_other: '{{count}} more are in your inbox.',
  },
  preview: {
    title: 'Letters',
    about: 'Every letter that the house and its modules can send, with example values.',
    unknown: 'There is no such letter.',
    house: 'Of the house',
    digests: 'Summaries',
    daily: 'Daily summary',
    weekly: 'Weekly summary',
    quiet: 'After quiet hours',
    inbox: 'In a list of mail',
    size: '{{size}} kB',
    screen_light: 'Screen, light',
    screen_dark: 'Screen, dark',
    phone_light: 'Phone, light',
    phone_dark: 'Phone, dark',
  },
  reset: {
    subject: 'Choose a new password for Commonhall',
    intro: 'Somebody, probably you, asked for a new password for {{email}}.',
    act: 'Choose a new password',
    limit: 'The link works once and for one hour. It also opens a locked sign-in again, and signs you out everywhere.',
    ignore: 'If it was not you, do nothing: your password stays as it is.',
  },
  factor: {
    act: 'Look at your sign-in',
    known: 'Was it you? Then there is nothing to do.',
    unknown:
      'Was it not you? Then somebody else is using your sign-in: choose a new password at once with "Forgot your ' +
      'password?", which also signs everybody out, and tell an administrator of your organization.',
    'passkey-added': {
      subject: 'A passkey was added to your sign-in',
      intro: 'On {{time}} a passkey was added to the sign-in of {{email}}.',
    },
    'passkey-removed': {
      subject: 'A passkey was removed from your sign-in',
      intro: 'On {{time}} a passkey was removed from the sign-in of {{email}}.',
    },
    'totp-added': {
      subject: 'An authenticator app was added to your sign-in',
      intro: 'On {{time}} an authenticator app was added to the sign-in of {{email}}.',
    },
    'totp-removed': {
      subject: 'The authenticator app was removed from your sign-in',
      intro: 'On {{time}} the authenticator app was removed from the sign-in of {{email}}.',
    },
    'recovery-code-used': {
      subject: 'A recovery code was used for your sign-in',
      intro: 'On {{time}} one of the recovery codes of {{email}} was used. It does not work again.',
    },
    'factors-forgotten': {
      subject: 'The second step was removed from your sign-in',
      intro:
        'On {{time}} whoever runs Commonhall removed all passkeys, apps and recovery codes from the sign-in of ' +
        '{{email}}, and signed you out everywhere. Your password opens it again; add a new second step soon.',
    },
    'recovery-codes-made': {
      subject: 'New recovery codes were made for your sign-in',
      intro: 'On {{time}} new recovery codes were made for {{email}}. The old ones no longer work.',
    },
  },
  box: {
    title: 'Mailbox',
    about: 'No mail server is set up, so mail stays here. The newest comes first.',
    empty: 'No mail yet. Ask for a password link on the sign-in page, and it will arrive here.',
    head: 'Mail of this house',
    pages: 'Mail pages',
    to: 'To',
    sent: 'Sent',
    attached: 'Attached',
    back: 'All mail',
    unknown: 'There is no such mail. Old mail is removed when much new arrives.',
    plain: 'As text',
    html: 'As the reader shows it',
  },
} as const
