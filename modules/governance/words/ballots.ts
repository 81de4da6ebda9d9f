/** What is wrong with a ballot, and what stands between somebody and theirs. */
export const ballot = {
  malformed: 'This is not a ballot of this election. Load the page again and fill it in once more.',
  too_large: 'This ballot is larger than any ballot of this election can be.',
  wrong_election: 'This is the ballot of another election.',
  unknown_contest: 'This ballot answers a question that is not in this election.',
  unknown_candidate: '{{name}}: this ballot marks somebody who does not stand.',
  marked_twice: '{{name}}: somebody is marked twice.',
  too_many_choices_one: '{{name}}: only one can be marked.',
  too_many_choices_other: '{{name}}: at most {{count}} can be marked.',
  too_many_points: '{{name}}: at most {{points}} can be given.',
  wrong_marks: '{{name}}: this is not how this question is marked.',
  no_election: 'There is no such election here.',
  not_published: 'The box is published with the result. Until then nobody can look into it.',
  no_such_receipt: 'There is no ballot with this receipt in the box of this election.',
  more_than_issued: 'There cannot be more ballots than papers were handed out.',
  not_counting: 'Ballots on paper go into the box once voting has closed, until the result is certified.',
  still_open: 'The box is closed when voting is.',
  booth: {
    unreachable:
      'No answer came, so it is not known whether your ballot arrived. Try again: it is never counted twice.',
    insecure: 'Voting needs a secure connection. Open this page at an address that begins with https://.',
    no_storage:
      'This browser keeps nothing, as in a private window. Use another window or browser: a ballot that is not kept ' +
      'on your device could be lost on the way.',
    no_key: 'Voting is not open yet.',
    key_changed:
      'The key of this election is not the one that this device saw before. Do not vote now, and tell the observers: ' +
      'a key that changes could show who voted how.',
    bad_paper: 'The answer of the server does not fit to your ballot. Tell the observers, and do not close this page.',
  },
  refused: {
    not_open: 'Voting is not open now.',
    not_on_roll: 'You are not on the roll of this election under this name.',
    not_eligible: 'This voter may not vote in this election.',
    already_taken: 'The ballot of this voter was taken already. Each has one.',
    challenged:
      'The right of this voter to vote is in question. They vote on paper, in an envelope that is kept apart.',
    malformed: 'This is not a ballot of this election. Load the page again and fill it in once more.',
    too_large: 'This ballot is larger than any ballot of this election can be.',
    bad_token: 'No paper of this election was handed out for this ballot.',
    bad_signature: 'This ballot was changed after it was sealed.',
    token_spent: 'A ballot was cast with this paper already, and it was another one. Each paper is for one ballot.',
    same_receipt: 'A ballot that looks the same to the letter is in the box. Seal this one anew.',
  },
}
