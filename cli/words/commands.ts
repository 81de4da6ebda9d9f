import { electionCommands } from './elections.ts'

/** Of each command: one line about it, more about it, and its options. */
export const commands = {
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
}
