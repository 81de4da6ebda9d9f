import { election, electionCommands } from './elections.ts'

/** Sentences of the command line. */
export const words = {
  title: 'Commonhall runs the daily business of member-run organizations.',
  usage: 'Usage: bin/commonhall COMMAND [OPTION …]',
  more: 'bin/commonhall COMMAND --help tells more. What the environment decides is in docs/environment.md.',
  exits: 'It ends with 0 when done, 1 when refused or when something was found wrong, 2 when used wrongly.',
  options: '[OPTION …]',
  help: 'Show this',
  unknown_command: 'There is no command "{{command}}". bin/commonhall --help lists them.',
  see_help: 'See bin/commonhall {{command}} --help',
  missing: 'Still to be given: {{what}}',
  too_much: 'Nothing is known to do with "{{what}}"',
  values: {
    port: 'N',
    host: 'ADDRESS',
    scale: 'N',
    password: 'TEXT',
    draft: 'RESOURCE',
    org: 'SLUG',
    role: 'ROLE',
    name: 'TEXT',
    map: 'MAP',
    head: 'HEAD',
    confirm: 'ORG',
    export: 'OUT',
    to: 'STORE',
    for: 'KIND=RECORD',
    rules: 'RULES',
    format: 'FORMAT',
  },
  commander: 'Command line ({{account}})',
  commands: {
    serve: {
      summary: 'Serve the web app and the API until told to stop',
      about: 'Installs nothing and builds nothing, unlike npm start. Brings the database up to date first.',
      options: { port: 'Port to listen on, in place of PORT', host: 'Address to listen on, in place of HOST' },
    },
    work: {
      summary: 'Work through the queue until told to stop, and answer nobody',
      about:
        'A server works through the queue too, unless it was started with WORK=0. This adds hands: start as many as\n' +
        'you like, wherever the same database can be reached. Told to stop, it ends what it has begun.',
    },
    migrate: {
      summary: 'Bring the database up to date',
      about: 'Prints the migrations that it ran. Serving does the same at its start.',
      options: {
        draft: 'Only print the SQL that makes the table of a resource, such as housing.unit',
        check: 'Only compare the declared resources with the database; ends with 1 when they differ',
      },
    },
    seed_demo: {
      summary: 'Fill an empty house with the demo world',
      about:
        'Two union locals and two housing cooperatives, everybody in them invented. Refused in production,\n' +
        'and where there are organizations already.',
      options: {
        scale: 'How many times the usual amount of records',
        password: 'Password of every demo sign-in, in place of DEMO_PASSWORD; made up when neither is given',
      },
    },
    invite: {
      summary: 'Invite somebody into an organization, such as its first admin',
      about:
        'ORG is its address, such as local-100. The invitation goes by mail; where no mail server is set up, its\n' +
        'link is printed, for you to pass on. It works once and for 7 days; asking again makes a new one.\n' +
        'With --for they act for one record, such as a contractor, and need no role.',
      options: {
        role: 'The role that they will have; admin when this and --for are left out',
        name: 'What they are called',
        for: 'Whom they act for, such as "market-recovery.contractor=Acme Drywall"',
      },
    },
    forget_factors: {
      summary: 'Help somebody in who has lost every second factor',
      about:
        'Takes the passkeys, the authenticator app and the recovery codes of EMAIL away, and signs them out\n' +
        'everywhere; their password opens again by itself. First make sure that it is they who ask. They are told\n' +
        'by mail.',
    },
    ...electionCommands,
    import: {
      summary: 'Bring a CSV or Excel file into the records of an organization',
      about:
        'LIST is where to: members, units, occupancies … Encoding, delimiter, headings and dates are recognized.\n' +
        'Good rows come in; the others are told, each with its row, column and reason.',
      options: {
        org: 'The organization, such as local-100',
        map: 'A JSON file {"Heading": "field"}, or one Heading=field; may be given again. Heading= leaves it out',
        dry_run: 'Tell what would happen, and change nothing',
        json: 'Print {rows, imported, refused, errors: [{row, column, value, message}]}',
      },
    },
    audit_verify: {
      summary: 'Prove that nobody has changed the audit trail, or name what was changed',
      about:
        'Seals what is new, recomputes the whole trail of ORG, or of all organizations, and holds it against every\n' +
        'head that was published in the data folder and the database. Ends with 1 when something does not fit. May\n' +
        'run beside a server.',
      options: {
        head: 'A head that somebody has kept, as N:HASH, or a file with some, such as a saved mail',
        json: 'Print {orgs: [{org, whole, entries, seals, head, heads, erasures, findings}], machinery}',
      },
    },
    'export-org': {
      summary: 'Write everything of an organization as documented files',
      about:
        'OUT is a folder that is not there yet, or an archive such as local-100.zip. In it are the tables as CSV,\n' +
        'a manifest with sums, and a README that tells every file and column. Secrets are left out. The audit trail\n' +
        'of the organization says that it was taken. May run beside a server.',
      options: { json: 'Print the manifest' },
    },
    'erase-org': {
      summary: 'Delete an organization with everything in it, for good',
      about:
        'Deletes every row of it in one step, and the people who belong to no other organization. It must be\n' +
        'suspended first. A certificate of what was deleted is printed and kept under erased in the data folder.\n' +
        'Backups that were made before still hold it.',
      options: {
        confirm: 'The organization once more, so that a slip of the hand erases nothing',
        export: 'Write everything as files there first, as export-org does',
        without_export: 'Erase without writing files',
        now: 'Erase it although it is not suspended',
        json: 'Print the certificate as JSON',
      },
    },
    files_move: {
      summary: 'Move all kept files to another store',
      about:
        'Copies every file to the disk or to the S3 service that the environment names, compares what arrived, and\n' +
        'takes the old bytes away. Servers go on meanwhile. Those who work through the queue do it, and this tells\n' +
        'how it goes; when it is stopped, they go on, and when they are, they go on later.',
      options: {
        to: 'Where to: s3 or disk',
        now: 'Do it here, where nobody works through the queue. When it is stopped, call it again: it goes on',
        json: 'Print {pieces, bytes, failed, removed}',
      },
    },
    files_check: {
      summary: 'Have files checked that no virus scanner has seen',
      about:
        'Queues the files of ORG, or of all organizations, that wait, or were judged while no scanner was set up.\n' +
        'Whoever works through the queue checks them; what is clean stays open meanwhile.',
      options: { again: 'All of them, as after news of a virus that got in' },
    },
    doctor: {
      summary: 'Look whether this installation is sound',
      about:
        'Prints a line for each thing looked at, and ends with 1 when one is wrong. Changes nothing, and may run\n' +
        'beside a server. It reads every file that is kept, which takes a while where there are many.',
      options: { quick: 'Look at the sizes of kept files alone' },
    },
  },
  files_move: {
    where: 'Say where to: --to s3 or --to disk',
    new_ones: 'New files still go elsewhere: set FILE_STORE={{to}} for the servers, and move once more afterwards.',
    elsewhere: 'Files are being moved to {{to}} right now. Wait until that is done.',
    stuck: 'The move has failed, as often as it was tried. The queues on the console, or the log, say why.',
    nobody: 'Nobody goes on with it. It stays in the queue: start a server or a worker, or say --now.',
    so_far: '{{pieces}} moved so far, {{bytes}} bytes.',
    done: '{{pieces}} moved to {{to}}, {{bytes}} bytes. The bytes of {{removed}} were taken away where they had been.',
    failed_one: 'One could not be moved, and stays where it is: bin/commonhall doctor says what is wrong with it.',
    failed_other: '{{count}} could not be moved, and stay where they are: bin/commonhall doctor says why.',
  },
  serve: { bad_port: '--port must be a number from 0 to 65535.' },
  migrate: {
    no_resource: 'There is no resource "{{name}}". There are: {{known}}',
    pending_one: 'One migration has not run here: {{names}}. Run: bin/commonhall migrate',
    pending_other: '{{count}} migrations have not run here: {{names}}. Run: bin/commonhall migrate',
    no_drift: 'The database is what the resources declare.',
    done_zero: 'Nothing to do: the database is up to date.',
    done_one: 'One migration ran. The database is up to date.',
    done_other: '{{count}} migrations ran. The database is up to date.',
  },
  seed: {
    bad_scale: '--scale must be a whole number from 1 to {{most}}.',
    production: 'Demo data is not made in production.',
    not_empty: 'There are organizations here already. The demo world needs an empty house: another DATA_DIR, say.',
    done: 'The demo world is in. Password of every sign-in: {{password}}',
  },
  invite: {
    for: 'Say for whom as KIND=RECORD, such as --for "market-recovery.contractor=Acme Drywall".',
    mailed: 'The invitation is on its way to {{email}}.',
    link: 'No mail server is set up. Pass this link on to {{email}}, and to nobody else:\n{{link}}',
  },
  forget: { done: 'The second factors of {{email}} are gone. Their password opens again by itself.' },
  import: {
    whose: 'Say into which organization: --org SLUG',
    actor: 'Command line',
    no_file: 'There is no file {{file}}.',
    bad_map: 'The mapping {{path}} is neither a JSON file nor a pair such as "Heading=field".',
    recognized: 'Read as {{encoding}}, delimiter {{delimiter}}, headings in row {{header}}, dates {{dates}}.',
    column: '  {{heading}} → {{to}}',
    left_out: '  {{heading}} is left out',
    constant: '  {{field}} is {{value}} in every record',
    row: 'Row {{row}}: {{message}}',
    cell: 'Row {{row}}, {{column}}: {{message}}',
    done: '{{rows}} rows: {{imported}} imported, {{refused}} refused.',
    tried: '{{rows}} rows: {{imported}} would be imported, {{refused}} refused. Nothing was changed.',
  },
  transfer: {
    exported: '{{slug}} is in {{out}}: {{rows}} rows in {{files}} files.',
    attached_zero: 'No file was attached to a record.',
    attached_one: 'One attached file is among them, compared with its sum.',
    attached_other: '{{count}} attached files are among them, each compared with its sum.',
    left_out_one: 'One attached file is left out; README.md says which and why.',
    left_out_other: '{{count}} attached files are left out; README.md says which and why.',
    damaged:
      'Bytes of attached files are missing or are not what they were: README.md of the export names them. Nothing ' +
      'was erased. Bring them back from a backup, or say --without-export.',
    bytes_zero: 'It had no attached files.',
    bytes_one: 'One attached content of {{bytes}} bytes was removed from where files are kept.',
    bytes_other: '{{count}} attached contents, {{bytes}} bytes together, were removed from where files are kept.',
    bytesLeft:
      'The store "{{store}}" could not be reached to remove them all. Its rows are gone, so nobody can open them; ' +
      'the sweep removes what is left.',
    confirm: 'Erasing cannot be undone. Say the organization once more: --confirm {{slug}}',
    which: 'Say --export OUT to write everything as files first, or --without-export if you have them already.',
    erased: '{{name}} ({{slug}}) was erased on {{at}} by {{by}}. Rows deleted:',
    people:
      'People: {{erased}} erased, {{stay}} stay because they belong elsewhere too, {{nameless}} stay without a name ' +
      'because records of others point to them.',
    jobs_zero: 'Nothing of it waited in the queue.',
    jobs_one: 'One job of it was dropped from the queue.',
    jobs_other: '{{count}} jobs of it were dropped from the queue.',
    head: 'Last seal of its audit trail: {{head}}',
    kept: 'This certificate is kept in {{kept}}. Backups that were made before still hold the organization.',
  },
  election,
  audit: {
    bad_head: '{{head}} is neither N:HASH, such as 12:3f… with 64 digits of hash, nor a file with such heads.',
    whose_head: 'Say whose head that is: bin/commonhall audit verify ORG --head …',
    whole: '{{org}}: whole. {{entries}} entries in {{seals}} seals, held against {{heads}} published heads.',
    broken_one: '{{org}}: not whole. One thing does not fit, among {{entries}} entries in {{seals}} seals:',
    broken_other: '{{org}}: not whole. {{count}} things do not fit, among {{entries}} entries in {{seals}} seals:',
    head: '  Head: {{head}}',
    pending_one: '  One entry came while this ran; it will be sealed next.',
    pending_other: '  {{count}} entries came while this ran; they will be sealed next.',
    erased: '  Erased on {{at}}: the content of {{entries}} entries, because: {{because}}',
    no_heads: '  No head has been published yet: nothing shows whether the whole trail was written anew.',
    more: '  … and {{count}} more',
  },
  files: {
    checked_zero: 'There is nothing to check.',
    checked_one: 'One content is queued to be checked.',
    checked_other: '{{count}} contents are queued to be checked.',
  },
  doctor: {
    fine: 'fine ',
    wrong: 'wrong',
    node: 'Node',
    web: 'Web app',
    settings: 'Settings',
    folder: 'Data folder',
    database: 'Database',
    migrations: 'Migrations',
    drift: 'Tables',
    role: 'Database role',
    queue: 'Job queue',
    mail: 'Mail',
    sums: 'Sums',
    sums_wrong: 'This does not hold: {{title}} What is kept, and what it should be:',
    scanner: 'Virus scanner',
    scanner_none: 'none is set up: files can be opened after our own checks alone',
    scanner_holds:
      'None is set up, so every file is held. Set CLAMD_URL, or FILES_WITHOUT_SCANNER=allow to do without one.',
    scanner_away: 'It does not answer, so new files wait. See that clamd runs and is where CLAMD_URL says.',
    mail_kept: 'stays in the mailbox at /dev/mail: neither SMTP_URL nor SENDGRID_API_KEY is set',
    mail_nowhere: 'It cannot be sent: set SMTP_URL or SENDGRID_API_KEY.',
    mail_answers: 'the server answers and knows us ({{way}})',
    storage: 'Store of files',
    files: 'Kept files',
    storage_answers: 'takes new files ({{store}})',
    storage_away: 'It cannot be used: {{reason}}',
    files_read_zero: 'there are none yet',
    files_read_one: 'the one there is was read and is whole',
    files_read_other: 'all {{count}} were read and are whole',
    files_measured_zero: 'there are none yet',
    files_measured_one: 'the one there is has its size',
    files_measured_other: 'all {{count}} have their sizes',
    files_missing_one: 'One is missing. Bring it back from a backup: docs/runbooks/files.md.',
    files_missing_other: '{{count}} are missing. Bring them back from a backup: docs/runbooks/files.md.',
    files_changed_one: 'One has changed. Bring it back from a backup: docs/runbooks/files.md.',
    files_changed_other: '{{count}} have changed. Bring them back from a backup: docs/runbooks/files.md.',
    files_orphaned_one: 'One belongs to nothing. The hourly sweep takes it away: see docs/runbooks/files.md.',
    files_orphaned_other: '{{count}} belong to nothing. The hourly sweep takes them away: see docs/runbooks/files.md.',
    web_built: 'built',
    web_missing: 'It is not built, so only the API is served. Run npm start once, or: bin/pinned web/build.ts',
    no_folder: 'There is none yet. npm start makes it.',
    production: 'for production',
    trial: 'for trying out: NODE_ENV is not production',
    open_folder: 'Others on this machine can get at it. Run: {{mends}}',
    unreachable: 'It does not answer: {{reason}}',
    embedded: 'the embedded PostgreSQL answers',
    own_database: 'the PostgreSQL of DATABASE_URL answers',
    up_to_date: 'all have run',
    bound: 'row-level security binds it, and it owns nothing',
    answers: 'answers',
    other_node: 'This is {{running}}; the project brings {{pinned}}. Run it by bin/commonhall or npm.',
    found_one: 'One thing is wrong.',
    found_other: '{{count}} things are wrong.',
  },
} as const
