import { decisionWords } from './decisions.ts'
import { ruleSetFaults, ruleWords } from './rule-sets.ts'

/** What people read of proposals, their votes, and the rules that they are decided by. */
export const proposals = {
  rules: ruleWords,
  rule_set: ruleSetFaults,
  decision: decisionWords,
  stays: 'What was said and decided stays. Nobody can delete it.',
  proposal: {
    text_locked: 'Voting has begun, so the text stays as it is.',
    vote_locked: 'Voting has begun, so how and until when it is voted on stays as it is.',
    decided: 'This was decided, and the decision stays.',
    incomplete: 'A vote opens by the rules in force and closes with a decision.',
    ends_first: 'Voting has to close after it opens.',
    no_end: 'Say when voting closes.',
    opens_past: 'Voting opens in the future, or by hand once the discussion is over.',
  },
  amendment: {
    not_open: 'The text can be amended only while it is discussed.',
    kept: 'An amendment stays as it was made. Withdraw it, and make another.',
    older:
      'This amendment was made to version {{made}}, and the text is at version {{now}} now. Accepting it replaces ' +
      'all of the newer text. Say so if that is right; or ask for an amendment to version {{now}}.',
  },
  comment: {
    not_open: 'Comments are open while a proposal is discussed and voted on.',
    elsewhere: 'That comment belongs to another proposal.',
    hidden: 'This comment is hidden. It can be changed once it is shown again.',
    no_comment: 'There is no such comment here.',
  },
  opening: {
    no_rules: 'Say first by which rules it is decided. No version of them may have ended.',
    union_rules: 'These rules are for electing officers. Choose others for a proposal.',
    weighted_secret: 'Votes weighted by shares could be told apart, so they are taken by roll call alone.',
    no_end: 'Say first when voting closes.',
    end_passed: 'The time at which voting closes has passed. Set a later one.',
    notice: 'Members are given notice first: voting can open on {{on}}.',
    nobody: 'Nobody may vote by these rules. Look at who is in good standing, and at who lives where.',
  },
  closing_vote: {
    secret: 'A secret vote closes with its election.',
    missing_one: 'One vote is missing, and voting is open until the time that was told. It closes by itself then.',
    missing_other:
      '{{count}} votes are missing, and voting is open until the time that was told. It closes by itself then.',
  },
  vote: {
    no_proposal: 'There is no such proposal here. It may have been removed.',
    no_vote: 'There is no such vote on this proposal.',
    secret_vote: 'This is voted on secretly, with a ballot.',
    not_open: 'Voting has not opened yet.',
    vote_closed: 'Voting is closed. Nothing is counted after that.',
    closed: 'Voting is closed. Nothing is counted after that.',
    no_member: 'You are not on the roll, so there is no vote of yours.',
    not_on_roll: 'There was no vote of yours when voting opened. Ask your office if that is a mistake.',
    which_vote: 'You may cast several votes. Say which one this is.',
    not_yours: 'This vote is not yours to cast.',
    proxies_forbidden: 'By the rules of this vote everybody votes for themselves.',
    proxy_ended: 'The proxy has ended: its giver attends, has voted, or has revoked it.',
    roll_frozen: 'Who may vote was fixed when voting opened.',
  },
  proxy: {
    union: 'Officers of a union are never elected by proxy (29 CFR 452).',
    secret: 'A secret vote is cast by each voter alone.',
    forbidden: 'By the rules of this vote everybody votes for themselves.',
    over: 'Voting is over.',
    too_many: 'One person may vote for at most {{most}} others here.',
    in_future: 'The day on which it was signed has not come yet.',
    one_of: 'Say for which proposal, or for which election, this proxy is.',
    nobody: 'Nobody of this card number and last name is on the roll.',
    self: 'Nobody needs a proxy from themselves.',
  },
  constraint: {
    proxy_of_proposal: 'There is a proxy for this vote already. Revoke it first.',
    proxy_of_election: 'There is a proxy for this vote already. Revoke it first.',
    proxy_of_one: 'Say for which proposal, or for which election, this proxy is.',
    proxy_of_another: 'Nobody needs a proxy from themselves.',
    proposal_period: 'Voting has to close after it opens.',
  },
} as const
