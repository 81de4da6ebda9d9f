/** Sentences about a person's own data. */
export const words = {
  holds_office:
    'They still hold a role here ({{roles}}). Take it away first: erasing does not decide who holds an office.',
  confirm: 'erase',
  nobody: 'Erased person',
  files_one: 'One file',
  files_other: '{{count}} files',
  title: 'What {{org}} keeps about {{name}}',
  taken: 'Taken on {{at}} by {{by}}.',
  intro:
    'Everything that this organization keeps about one person, as it stood at that moment. The same as data for ' +
    'programs: choose JSON when you download it.',
  stays: 'What stays when this person is erased',
  left_out: 'What is not in this file',
  left_field:
    'Written about this person, perhaps with something about others in it. An officer reads it first and can then ' +
    'hand the whole file over.',
  left_account:
    'Sessions, devices, passkeys and sign-ins: they may tell of other organizations. Who signs in downloads them ' +
    'for themselves.',
  left_told: 'News are for the person alone. Who signs in downloads them for themselves.',
  left_record: 'Your role does not show these records. An officer can hand the whole file over.',
  cut: 'Only the newest {{most}} lines.',
  nothing: 'Nothing.',
  yes: 'yes',
  no: 'no',
  column: {
    at: 'When',
    actor_name: 'Who',
    act: 'What was done',
    resource: 'To what',
    via: 'Through',
    what: 'What',
    email: 'E-mail',
    kind: 'Kind',
    read_at: 'Read',
    mailed_at: 'Mailed',
    created_at: 'Since',
    updated_at: 'Last changed',
    of: 'Attached to',
    download: 'Download, once signed in',
    archived_at: 'Deleted',
  },
  section: {
    history: 'What was changed, and by whom',
    looks: 'Who looked at it, or took it out',
    acts: 'What this person did here',
    imports: 'Files that brought something about this person in',
    invitations: 'Invitations',
    files: 'Attached files',
    told: 'What this person was told',
    mails: 'Mail that this organization sent',
    account: 'Sign-in',
    passkeys: 'Passkeys',
    sessions: 'Sessions',
    devices: 'Known devices',
    sign_ins: 'Sign-ins',
  },
} as const
