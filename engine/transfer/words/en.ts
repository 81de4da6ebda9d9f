/** Sentences of exports and erasures of whole organizations. */
export const words = {
  exists: '{{out}} is there already. Choose another place: nothing is overwritten.',
  nobody: 'Erased person',
  too_large: '{{file}} is larger than a .zip of ours holds (4 GB). Export into a folder instead.',
  not_suspended:
    '{{name}} is not suspended. Suspend it in the host console first, so that nobody works in it meanwhile; ' +
    'or say --now.',
  left: 'Rows of the organization came in while it was being erased, in {{tables}}. Nothing was deleted; try again.',
  why: {
    secret: 'a secret, or what one is checked against: it opens something here and is worth nothing elsewhere',
    passing: 'kept for a while so that a request sent twice is carried out once',
    derived: 'worked out from other columns by the database',
    house: 'of use to the running server only',
  },
  readme: {
    title: '{{name}}, as it was on {{at}}',
    intro:
      'Everything that Commonhall {{version}} had of {{name}} (`{{slug}}`): one file for each table, all rows, ' +
      'all of one moment.',
    form: 'How the files are written',
    forms: {
      csv: 'CSV (RFC 4180) in UTF-8: commas between, lines end with a line feed, the first line names the columns.',
      empty: 'A cell with nothing in it is no value; `""` is an empty text.',
      formula:
        'A text that begins with `=`, `+`, `-`, `@`, a tab or a return, after any number of apostrophes, has one ' +
        'more apostrophe in front, so that no spreadsheet takes it for a formula. Take one apostrophe away from such ' +
        'texts to have them as they were.',
      time: 'Times are UTC. Dates are YYYY-MM-DD. Lists stand in braces, as PostgreSQL writes arrays; `json` is JSON.',
      sums: '`manifest.json` has the SHA-256 and the number of rows of each file.',
      ids: 'Ids are the same in all files: a column that points to another table names the id there.',
    },
    files: 'Files',
    file: 'File',
    rows: 'Rows',
    holds: 'Holds',
    column: 'Column',
    kind: 'Kind',
    means: 'Means',
    points: 'Points to `{{to}}`.',
    attached: 'Attached files',
    attachedText_zero: 'No file was attached to a record.',
    attachedText_one:
      'One file, in `files`: a folder for each kind of record, in it one for each record, called by its id. ' +
      '`manifest.json` has its id and its SHA-256, by which it was compared while it was copied.',
    attachedText_other:
      '{{count}} files, in `files`: a folder for each kind of record, in it one for each record, called by its id. ' +
      '`manifest.json` has the id of each and its SHA-256, by which it was compared while it was copied.',
    leftOut: 'These are not in it:',
    withheld: 'What is not in here, and why',
    whole: 'the whole table',
    trail:
      'The audit trail is in `tables/foundation.audit_entry.csv`. Its seals, `foundation.audit_seal.csv`, chain it: ' +
      'each holds the hash of the one before and a digest of each entry that it seals.',
  },
  attached: {
    version: 'version {{version}}',
    why: {
      held: 'held, since it may do harm: nobody gets it',
      waiting: 'not checked for viruses yet: export again once it is',
      missing: 'its bytes are not where they were put: look for them in a backup',
      changed: 'its bytes are not what they were when it came: look for them in a backup',
    },
  },
  organization: 'The organization itself.',
  people: 'People and programs that sign in to the organization, with their roles.',
  person: {
    id: 'What other files call the person.',
    email: 'E-mail address they sign in with.',
    name: 'What they are called.',
    kind: 'person, or service for a program with keys.',
    roles: 'Names of their roles here, with commas between.',
    member_id: 'Their own record on the roll.',
    joined_at: 'When they came to the organization.',
    disabled: 'Whether they are shut out.',
  },
  column: {
    org_id: 'The organization; the same everywhere.',
    id: 'What other files call the row.',
    version: 'Counts the changes of the row.',
    created_at: 'When it was made.',
    updated_at: 'When it was last changed.',
    archived_at: 'When it was put aside; nothing in it: it is in use.',
  },
  table: {
    foundation_membership: 'Who belongs to the organization.',
    foundation_membership_party: 'For which records people act, such as a contractor.',
    foundation_role: 'Its roles, and where each differs from what roles may do at first.',
    foundation_grant: 'Who has which role, since when and by whom.',
    foundation_audit_entry: 'The audit trail: who did what, when, from where.',
    foundation_audit_seal: 'The seals that chain the audit trail.',
    foundation_audit_head: 'Heads of that chain as they were published.',
    foundation_audit_erasure: 'What was erased from the audit trail, as digests.',
    foundation_event: 'What happened, as other parts of the program were told.',
    foundation_import: 'Files that were brought in.',
    foundation_import_chunk: 'Their rows as they were read, for a month.',
    foundation_import_record: 'Which record came from which row.',
    foundation_import_refusal: 'Rows that were refused, and why.',
    foundation_import_memory: 'How columns of files were mapped the last time.',
    foundation_issued_invitation: 'Who was invited, by whom, and what came of it.',
    foundation_notification: 'What people were told, in the organization and by mail.',
    foundation_notification_setting: 'How people want to be told.',
    foundation_reminded: 'Which reminders went out, so that none goes out twice.',
    foundation_webhook_setup: 'Webhooks: which programs are told what happens.',
    foundation_webhook_secret: 'What messages of webhooks are signed with; the secrets themselves stay out.',
    foundation_webhook_delivery: 'Messages that webhooks sent or are to send, for a month.',
    foundation_webhook_attempt: 'What came of each try to send one.',
    foundation_counter: 'The last number given out, by kind of record.',
    foundation_usage: 'How much the organization had, day by day.',
    foundation_file_content: 'What files hold, each content once: how large, of which format, whether it is clean.',
    foundation_file_version: 'Versions of files, and who uploaded each.',
    foundation_file_upload: 'Uploads that were on their way.',
    foundation_file_preview: 'Pictures and text that were made from files, to look at them.',
    governance_vote_holder: 'Who may cast each vote of a roll call.',
    governance_voter_holder: 'Who may take the ballot of each voter.',
    governance_election_key: 'What ballot papers are signed with while voting is open.',
    governance_ballot_paper: 'That a ballot paper was signed, and for which sealed envelope, as a hash.',
    governance_ballot: 'The ballot boxes: ballots with their proofs, in no order, and nothing of who cast them.',
    governance_paper_entry: 'What each of the two people read from a ballot on paper.',
    market_recovery_movement: 'What programs and awards committed and paid, day by day.',
    foundation_file_usage: 'How much room the files take.',
    foundation_issued_key: 'Keys of programs: what each may do, and when it was last used.',
  },
} as const
