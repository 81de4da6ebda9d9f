/** Sentences of the host's console. */
export const words = {
  not_a_host: 'This is for hosts of this installation. Your sign-in is not one of theirs.',
  no_such_org: 'There is no organization at "{{slug}}".',
  slug_taken: 'Another organization has the address "{{slug}}". Choose a different one.',
  bad_slug:
    'An address has 2 to 60 small letters, digits and single dashes between them, such as local-100. ' +
    'It stands in every link, so keep it short.',
  no_time_zone: 'There is no time zone called "{{zone}}". Write it as in America/Chicago.',
  not_names: 'Modules is a list of names of modules.',
  no_module: 'There is no module called "{{name}}".',
  needs: '{{module}} needs {{other}}. Switch {{other}} on first.',
  needed: '{{other}} needs {{module}}. Switch {{other}} off first.',
  suspended_already: 'This organization is suspended already.',
  not_suspended: 'This organization is not suspended.',
  suspended:
    '{{name}} has been closed for the time being since {{on}}: {{reason}} Nothing is lost. ' +
    'Ask the people who run this installation.',
  has_admin: 'This organization has an admin. Its own people invite everybody else.',
  invited_already: 'There is an open invitation for this address already, or it belongs to the organization.',
  too_many_invitations: 'Too many mails have gone to this address or from this organization. Wait an hour.',
  no_queue: 'There is no queue called "{{queue}}".',
  which_jobs: 'Say which jobs: ids, up to 200 of them, or all of the queue.',
  bad_state: 'state must be active or suspended.',
} as const
