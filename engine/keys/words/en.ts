/** Sentences about API keys. */
export const words = {
  no_scopes: 'Choose at least one thing that the key may do.',
  unknown_scope: 'There is no permission called "{{scope}}" in your organization.',
  person_only: '"{{scope}}" is for people: who may do what is not changed by a program.',
  beyond_owner: '{{owner}} may not do this: {{list}}. Give them a role that includes it, or leave it out.',
  owner: 'A key acts as you or as a service account of your organization.',
  past: 'The last day must be today or later.',
  limited: 'This key may make {{count}} requests a minute. Wait {{wait}} s, or ask an admin for a higher limit.',
}
