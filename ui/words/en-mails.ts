/** Sentences of the mail that went out, and of the addresses that get none. They travel with their pages. */
export const mails = {
  mails: {
    suppressed: 'Suppressed addresses',
    noneTitle: 'No mail has gone out yet',
    noneText: 'Every mail in the name of {{org}} is listed here: to whom, of which kind, and what became of it.',
    noneSuppressedTitle: 'Every address gets its mail',
    noneSuppressedText:
      'An address comes here when a mail to it comes back because it is dead, or when its reader calls one unwanted. ' +
      'It then gets no more mail until you say so.',
    open: 'See the suppressed address',
    find: 'Look for it in {{plural}}',
    history: 'See the mail that went there',
    meaning: {
      queued: 'The mail server has not taken it yet. It is tried again, for up to four days.',
      sent: 'The mail server took it. That is no promise that somebody read it.',
      bounced: 'The address is dead: there is no such mailbox, or it was closed. Ask for the right one.',
      complained: 'The reader called it unwanted. This address now gets only what must reach them.',
      suppressed: 'It was not sent, because this address gets no more mail.',
      failed: 'The other side refused it, or it was given up after four days. The next mail is tried as usual.',
    },
    why: {
      bounced:
        'A mail to this address came back: there is no such mailbox, or it was closed. Ask for the right address and ' +
        'change it where it is kept. Is it right after all? Then let mail go there again.',
      complained:
        'The reader called a mail unwanted. They now get only what must reach them. Let mail go there again only ' +
        'when they ask for it.',
      unsubscribed: 'The reader wants no mail. Let mail go there again only when they ask for it.',
      lifted: 'This address gets mail again.',
    },
  },
} as const
