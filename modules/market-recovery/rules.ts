import { allow, defineRules, is, own, same } from '@commonhall/kernel'

const board = allow('admin', 'officer')
const office = board.or(allow('staff'))
const money = board.or(allow('treasurer'))
/** Everybody in the office. */
const everybodyHere = office.or(allow('treasurer'))
const contractorItself = own('contractor', 'market-recovery.contractor')

const settled = 'What was submitted is changed only after it came back: send it back, or reopen it, and say why.'

export const rules = defineRules({
  'market-recovery.scale.read': everybodyHere,
  'market-recovery.scale.create': board,
  'market-recovery.scale.update': board,
  'market-recovery.scale.delete': board,

  'market-recovery.contractor.read': everybodyHere.or(own('id', 'market-recovery.contractor')),
  'market-recovery.contractor.notes.read': office,
  'market-recovery.contractor.read-files': office,
  'market-recovery.contractor.create': office,
  'market-recovery.contractor.update': office,
  'market-recovery.contractor.archive': board,
  'market-recovery.contractor.change-standing': board,

  'market-recovery.program.read': everybodyHere,
  'market-recovery.program.create': board,
  'market-recovery.program.update': board,
  'market-recovery.program.change-state': board,

  'market-recovery.project.read': everybodyHere.or(contractorItself),
  'market-recovery.project.notes.read': office,
  'market-recovery.project.read-files': office,
  'market-recovery.project.create': office,
  'market-recovery.project.update': office,
  'market-recovery.project.decide': board,
  'market-recovery.project.report': office,
  'market-recovery.award-rate.read': everybodyHere,
  'market-recovery.award-rate.create': board,
  'market-recovery.award-rate.update': board,
  'market-recovery.award-rate.delete': board,

  'market-recovery.offer.read': everybodyHere.or(contractorItself),
  'market-recovery.remittance.read': everybodyHere.or(own('member')),
  'market-recovery.remittance.create': office,
  'market-recovery.remittance.update': office,
  'market-recovery.remittance.delete': office,

  'market-recovery.assignment.read': everybodyHere.or(own('member')).or(contractorItself),
  'market-recovery.assignment.notes.read': office,
  'market-recovery.assignment.create': office,
  'market-recovery.assignment.update': office,
  'market-recovery.assignment.end': office,
  'market-recovery.assignment.cancel': board,

  'market-recovery.hours.read': everybodyHere.or(own('member')).or(contractorItself),
  'market-recovery.hours.create': office.or(contractorItself),
  'market-recovery.hours.import': office.or(contractorItself),
  'market-recovery.hours.update': office
    .or(contractorItself)
    .unless(is('state', 'submitted', 'approved', 'paid'), settled),
  'market-recovery.hours.delete': office
    .or(contractorItself)
    .unless(is('state', 'submitted', 'approved', 'rejected', 'paid'), 'Only a draft can be thrown away.'),
  'market-recovery.hours.submit': office.or(contractorItself),
  'market-recovery.hours.approve': board.unless(
    same('submitted_by', 'actor'),
    'You submitted these hours; somebody else must approve them.',
  ),
  'market-recovery.hours.reject': board,
  'market-recovery.hours.reopen': board,

  'market-recovery.payment-batch.read': everybodyHere,
  'market-recovery.payment-batch.create': money,
  'market-recovery.payment-batch.update': money,
  'market-recovery.payment-batch.release': money
    .freshly()
    .unless(same('prepared_by', 'actor'), 'You prepared this batch; somebody else must release it.'),
  'market-recovery.payment-batch.export': money,
  'market-recovery.payment-batch.pay': money,
  'market-recovery.payment-batch.void': money,

  'market-recovery.payment.read': everybodyHere.or(own('member')).or(contractorItself),
  'market-recovery.payment.pay': money,
  'market-recovery.payment.void': money,

  'market-recovery.policy.read': everybodyHere,
  'market-recovery.policy.create': board,
  'market-recovery.policy.update': board,

  'market-recovery.report.read': everybodyHere,
})
