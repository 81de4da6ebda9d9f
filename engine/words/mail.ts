/** The words of the mails that the house sends, and of the mailbox that keeps them where no mail server is set up. */
export const mail = {
  greeting: 'Hello {{name}},',
  reset: {
    subject: 'Choose a new password for Commonhall',
    intro: 'Somebody, probably you, asked for a new password for {{email}}.',
    act: 'Choose a new password',
    limit: 'The link works once and for one hour. It also opens a locked sign-in again, and signs you out everywhere.',
    ignore: 'If it was not you, do nothing: your password stays as it is.',
  },
  box: {
    title: 'Mailbox',
    about: 'No mail server is set up, so mail stays here. The newest comes first.',
    empty: 'No mail yet. Ask for a password link on the sign-in page, and it will arrive here.',
    to: 'To',
    back: 'All mail',
    unknown: 'There is no such mail. Old mail is removed when much new arrives.',
    plain: 'As text',
    html: 'As the reader shows it',
  },
} as const
