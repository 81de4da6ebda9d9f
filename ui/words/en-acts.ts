/** What was done to whom, for acts that are no workflow's: `Ada Okafor gave a role to Max Moreau`. */
export const acts = {
  did: {
    'grant-role': 'gave a role to',
    'take-role': 'took a role from',
    join: 'added to the organization:',
    leave: 'took out of the organization:',
    disable: 'closed the account of',
    enable: 'opened the account again of',
    'link-record': 'linked the own record of',
    erase: 'erased personal data in',
  },
} as const
