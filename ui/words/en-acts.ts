/** What was done to whom, for acts that are no workflow's: `Ada Okafor gave a role to Max Moreau`. */
export const acts = {
  did: {
    invite: 'invited {{whom}}',
    'grant-role': 'gave a role to {{whom}}',
    'take-role': 'took a role from {{whom}}',
    join: 'added {{whom}} to the organization',
    leave: 'removed {{whom}} from the organization',
    disable: 'shut {{whom}} out of the organization',
    enable: 'let {{whom}} in again',
    'link-record': 'changed the own record of {{whom}}',
    erase: 'erased personal data in {{whom}}',
    suppress: 'stopped all mail to {{whom}}',
    'mail-again': 'let mail go to {{whom}} again',
    'mail-sent': 'sent {{mail}} to {{whom}}',
    'mail-bounced': 'could not deliver {{mail}} to {{whom}}: the address is dead',
    'mail-complained': 'heard that {{whom}} called {{mail}} unwanted',
    'mail-suppressed': 'held back {{mail}}: {{whom}} gets no more mail',
    'mail-failed': 'could not send {{mail}} to {{whom}}',
    'retry-jobs': 'tried failed work of {{whom}} again',
    'discard-jobs': 'threw failed work of {{whom}} away',
  },
  whom: { person: 'them', mail: '“{{kind}}”', someMail: 'a mail' },
} as const
