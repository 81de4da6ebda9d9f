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
}
