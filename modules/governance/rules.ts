import { allow, defineRules, every, is, may, no, own, same } from '@commonhall/kernel'

/** Runs proposals and elections. */
const board = allow('admin', 'officer')
const office = board.or(allow('staff'))
/** Whoever belongs here reads what is decided, and how. */
const everybody = office.or(allow('treasurer', 'organizer', 'instructor', 'member'))

/** What nobody but its author and the office reads yet. */
const draft = every(is('state', 'draft'), no(may('governance.proposal.update')), no(same('author', 'member')))
/** What the board took out of sight; whoever wrote it sees it still. */
const hidden = every(is('hidden', true), no(may('governance.comment.hide')), no(same('author', 'member')))

export const rules = defineRules({
  'governance.rule-set.read': everybody,
  'governance.rule-set.create': board,
  'governance.rule-set.update': board,
  'governance.rule-set.delete': board,

  'governance.proposal.read': everybody.unless(draft, 'It is a draft, for its author and the office alone.'),
  'governance.proposal.create': everybody,
  'governance.proposal.import': office,
  'governance.proposal.update': office.or(own('author')),
  'governance.proposal.discuss': office.or(own('author')),
  'governance.proposal.withdraw': board.or(own('author')),
  'governance.proposal.open-vote': board,
  'governance.proposal.close-vote': board,
  'governance.proposal.vote': everybody,
  'governance.proposal.mark-present': office,
  'governance.revision.read': everybody,

  'governance.amendment.read': everybody,
  'governance.amendment.create': everybody,
  'governance.amendment.import': office,
  'governance.amendment.accept': board,
  'governance.amendment.reject': board,
  'governance.amendment.withdraw': own('author'),

  'governance.comment.read': everybody.unless(hidden, 'It is hidden.'),
  'governance.comment.create': everybody,
  'governance.comment.import': office,
  'governance.comment.update': own('author'),
  'governance.comment.hide': board,

  'governance.vote.read': everybody,

  'governance.proxy.read': office.or(own('giver')).or(own('holder')),
  'governance.proxy.create': office.or(own('giver')),
  'governance.proxy.read-files': office.or(own('giver')).or(own('holder')),
  'governance.proxy.attach': office.or(own('giver')),
  'governance.proxy.revoke': office.or(own('giver')),

  'governance.checkoff.read': office.or(own('member')),
  'governance.checkoff.create': office,
  'governance.checkoff.update': office,
  'governance.checkoff.delete': office,

  'governance.election.read': everybody,
  'governance.election.create': board,
  'governance.election.update': board,
  'governance.election.run': board,
  'governance.election.open': board,
  'governance.election.close': board,
  'governance.election.certify': board.freshly(),
  'governance.election.contest': board,
  'governance.election.count': board,
  'governance.election.archive': board.freshly(),
  'governance.election.vote': everybody,
  'governance.contest.read': everybody,
  'governance.contest.create': board,
  'governance.contest.update': board,
  'governance.contest.delete': board,
  'governance.candidate.read': everybody,
  'governance.candidate.create': everybody,
  'governance.candidate.import': office,
  'governance.candidate.update': board.or(own('member')),
  'governance.candidate.answer': board.or(own('member')),
  'governance.candidate.remove': board,

  'governance.voter.read': office.or(own('member')),
  'governance.voter.note': office,
  'governance.voter.give-paper': office,
  // Observers too, of their election; the route looks.
  'governance.voter.challenge': everybody,
  'governance.voter.dismiss': board,
  'governance.voter-notice.read': office.or(own('member')),
  'governance.voter-notice.read-files': office,
  'governance.voter-notice.attach': office,
  'governance.observer.read': everybody,
  'governance.observer.create': board,
  'governance.observer.delete': board,
  'governance.paper-ballot.read': office,
  'governance.paper-ballot.enter': office,
  'governance.paper-ballot.take-back': office,
  'governance.paper-ballot.settle': board.unless(
    same('first_by', 'actor'),
    'You entered this ballot first; somebody else must settle it.',
  ),
  'governance.paper-ballot.accept': board,
  'governance.paper-ballot.reject': board,
})
