/** Papers, envelopes, the count, the box, and what ends an election. */
export const closing = {
  no_election: 'There is no such election here.',
  no_voter: 'There is no such voter on the roll of this election.',
  no_such_paper: 'There is no such paper in this election.',
  not_voting: 'Nobody votes in “{{name}}” now. This can be done while voting is open.',
  early:
    'Voting was announced to last longer, and {{count}} of those who may vote have not. Say why it ends now, or wait.',
  not_closed: 'Papers of “{{name}}” are entered after voting has closed, so that nobody knows before how it stands.',
  counted_already: '“{{name}}” is counted. Its papers and envelopes stay as they are.',
  not_counted: '“{{name}}” is not counted yet.',
  taken: {
    online: '{{name}} has taken the ballot online already.',
    paper: '{{name}} has a ballot on paper already.',
    challenged: '{{name}} has voted by a challenged ballot already.',
  },
  not_eligible: '{{name}} may not vote in this election. If they insist, take in a challenged ballot.',
  is_challenged: 'The vote of {{name}} is challenged. They vote by a challenged ballot, or the challenge is dismissed.',
  not_challenged: 'Nobody has challenged the vote of {{name}}.',
  no_paper: '{{name}} has no ballot on paper.',
  may_not_challenge: 'Officers, staff and observers of this election may challenge a voter.',
  challenged_by: '{{reason}} ({{by}})',
  whose_envelope: 'Say who voted: by the roll, or by name.',
  envelope: '{{who}}: {{reason}}',
  no_envelope: 'This is no envelope that waits for a decision.',
  number_used: 'There is a paper or an envelope with the number {{number}} already.',
  no_choices: 'Enter what is marked, contest by contest.',
  why_void: 'Say why it is void.',
  people_enter: 'Papers are entered by people.',
  same_person: 'You entered this paper. Somebody else must read it too.',
  settle_other: 'You entered this paper too. Agree with the first entry, or let somebody else settle it.',
  envelopes_first: 'Decide the envelopes first, so that their papers are mixed with the others before any is entered.',
  entered_twice: 'Two people have entered this paper already.',
  nothing_to_settle: 'Only a paper that two people read differently is settled.',
  not_yours_alone: 'One takes back only what one has entered oneself, before somebody else enters it too.',
  missing: {
    not_entered_twice_one: 'One paper is entered once. Somebody else must enter it too.',
    not_entered_twice_other: '{{count}} papers are entered once. Somebody else must enter them too.',
    differs_one: 'Two people read one paper differently. Settle it.',
    differs_other: 'Two people read {{count}} papers differently. Settle them.',
    undecided_one: 'One challenged ballot is not decided. Accept or reject it.',
    undecided_other: '{{count}} challenged ballots are not decided. Accept or reject them.',
    not_back_one:
      'One paper that was given out is not entered. Enter it, or say why it is missing and count without it.',
    not_back_other:
      '{{count}} papers that were given out are not entered. Enter them, or say why they are missing and count ' +
      'without them.',
    too_many_one: 'One paper more is entered than was given out. Look for it: was one entered under two numbers?',
    too_many_other:
      '{{count}} papers more are entered than were given out. Look for them: were some entered under two numbers?',
  },
  few_one: 'There is only one ballot, so the result tells what its voter chose.',
  few_other: 'There are only {{count}} ballots. With fewer than {{fewest}}, a result may tell what somebody chose.',
  few_on_paper_one: 'One ballot is on paper. The published box and the roll together tell what this voter chose.',
  few_on_paper_other:
    'Only {{count}} ballots are on paper. With fewer than {{fewest}}, the published box may tell what somebody chose.',
  few_online_one: 'One ballot was cast online. The published box and the roll together tell what this voter chose.',
  few_online_other:
    'Only {{count}} ballots were cast online. With fewer than {{fewest}}, the published box may tell who chose what.',
  few_given_one:
    'One voter has a ballot on paper. If it stays below {{fewest}}, the published box may tell who chose what.',
  few_given_other:
    'Only {{count}} voters have a ballot on paper. Below {{fewest}}, the published box may tell who chose what.',
  tie_open: 'There is a tie in “{{contest}}”. Settle it first.',
  no_tie: 'There is no such tie to settle.',
  not_tied: 'Choose one of those who are tied.',
  sealed: 'The ballots of this election are counted and sealed. Nothing of them can change.',
  kept: 'The records of this election are kept sealed until {{until}}.',
  told: {
    result: 'The ballots of “{{name}}” are counted',
    keep_seal:
      'The box is published under this seal. Keep this message: with the seal anybody can see later that nothing was ' +
      'added to the box, changed or taken out of it.',
    seal: 'Seal',
    see_result: 'See the result',
    tie: 'There is a tie in “{{name}}”',
    tie_intro: 'By its rules somebody says who is chosen, such as by a lot drawn before witnesses. The count waits.',
    see_tie: 'Settle the tie',
  },
}
