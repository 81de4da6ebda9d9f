/** Commands about elections. */
export const electionCommands = {
  election_count: {
    summary: 'Count the ballots of an election, on any machine',
    about:
      'BALLOTS is CSV (count,rank1,rank2 …) or BLT, RULES a JSON file with method, seats, candidates and all\n' +
      'other rules; docs/guides/counting.md tells each. Prints every round as JSON. Opens no database. Where the\n' +
      'rules say to ask at a tie, it prints what is counted so far, asks, and ends with 1; the answer goes into\n' +
      'the rules.',
    options: {
      rules: 'File with the rules',
      format: 'csv or blt; otherwise told by the ending of the file name',
      explain: 'Tell each round in words instead',
    },
  },
  election_verify: {
    summary: 'Verify the published box of an election, on any machine',
    about:
      'FILE is a published box, or the sealed archive that begins with it. Checks every ballot, counters and the\n' +
      'seal, and counts anew. Opens no database. Ends with 1 when something is wrong, and names what.',
    options: {
      receipt: 'A ballot that must be in the box; may be given several times',
      seal: 'The seal that was published when the ballots were counted',
      key: 'The fingerprint that was published when voting opened',
      json: 'Print what was found as JSON',
    },
  },
}

/** What they say. */
export const election = {
  no_rules: 'Say by which rules to count: --rules rules.json',
  bad_format: 'There is no format "{{format}}": it is csv or blt.',
  no_file: 'There is no file {{file}}.',
  unreadable: '{{file}} is not UTF-8 text.',
  no_json: '{{file}} is not JSON: {{why}}',
  in_file: '{{file}}: {{why}}',
  stranger: '{{file}}: "{{name}}" is no candidate of the rules.',
  seat: 'Seat {{seat}}',
  round: 'Round {{round}}, {{threshold}} votes are needed',
  winners: 'Elected: {{winners}}',
}
