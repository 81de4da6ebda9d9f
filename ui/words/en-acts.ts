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
  },
  whom: { person: 'them' },
} as const
