import { page } from './pages.ts'

/** Everything that people read of market recovery and that no declaration says. */
export const words = {
  page,
  hours: {
    no_assignment: 'There is no such assignment here.',
    not_payroll_day: '{{contractor}} ends its payroll week on another day. Take {{before}} or {{after}}.',
    in_future: 'This week has not ended yet: today is {{today}}.',
    outside_assignment: 'The assignment runs from {{from}} to {{until}}. This week ends outside of it.',
    outside_assignment_open: 'The assignment begins on {{from}}. This week ends before.',
    outside_program: '{{program}} runs from {{from}} to {{until}}. This week ends outside of it.',
    outside_program_open: '{{program}} begins on {{from}}. This week ends before.',
    negative: 'Hours cannot be below zero. What was paid too much is taken back with an adjustment.',
    not_in_steps: 'Hours are counted in steps of {{step}}.',
    too_many_hours: 'A week has 168 hours.',
    assignment_cancelled: 'This assignment was cancelled, so no hours count for it.',
    federal_wage:
      '{{project}} is federal prevailing wage work (Davis-Bacon). Its hours are never subsidized from wage deductions.',
    no_award: '{{project}} has no award that is open, so its hours are not subsidized.',
    award_expired: 'The award of {{project}} expired on {{on}}.',
    no_award_rate: 'The award of {{project}} has no rate for {{classification}}. Add one to the project first.',
    needs_days:
      'The scale for {{classification}} changes on {{on}}, inside this week. Say how many hours fell on each day.',
    no_scale: 'There is no scale for {{classification}} on {{on}}. Add it under Scales first.',
    days_shape: 'Hours per day are a list of days, each with its date, regular and overtime hours.',
    day_outside: '{{on}} is not in this week, which is from {{from}} to {{until}}.',
    day_twice: '{{on}} is there twice.',
    day_too_long: 'A day has 24 hours: {{on}} has more.',
    days_regular: 'The regular hours of the days come to {{sum}}, those of the week to {{hours}}.',
    days_overtime: 'The overtime of the days comes to {{sum}}, that of the week to {{hours}}.',
    over_40: '{{hours}} regular hours are more than 40. If that is right, confirm it; else enter the rest as overtime.',
    amount_changed:
      'Rates have changed since this was submitted: it was {{was}}, and now it would be {{now}}. Send it ' +
      'back, so that it is submitted anew.',
    in_batch: 'These hours are in a payment batch. Void the batch or its payment first.',
    no_original: 'There is no such week to put right.',
    original_not_paid:
      'Only a week that was paid is put right by an adjustment. Reopen this one, or send it back, instead.',
    original_is_adjustment: 'That is an adjustment itself. Name the week that it puts right.',
    other_week: 'An adjustment is of the same assignment and week: {{ending}}.',
    twice: 'There are hours of this assignment for this week already.',
    // Not how many: whoever enters them may not know what the member worked for others.
    over_168: 'With these, the member would have more hours in this week than the 168 that a week has.',
    own: 'You submitted these hours; somebody else must approve them.',
    settled: 'What was submitted is not edited. It is sent back first, or reopened and then sent back.',
    not_a_draft: 'Only a draft can be thrown away.',
    paid: 'Hours that were paid stay as they are. An adjustment puts them right.',
    shared_days:
      'Two weeks of this assignment share days: after {{earlier}} only {{hours}} hours fit into the week to ' +
      '{{later}}. What is in the one is not entered in the other.',
    below_zero: 'With this adjustment the week would have fewer than no hours.',
    not_yours: 'You may not do this here.',
    no_hours: 'There are no hours in this week yet.',
  },
  import: {
    card: 'card {{card}}',
    with: ' with {{contractor}}',
    nobody_named: 'This row names no member. Give the card number, or the name as Last, First.',
    name_shape: 'Write the name as Last, First, or give the card number.',
    none:
      'No assignment of {{who}}{{place}} covers the week to {{week}}. Check how the member and the contractor are ' +
      'written; if they are right, the assignment must be entered first.',
    other_days:
      'There is an assignment of {{who}}{{place}}, but not in the week to {{week}}. Check the week, or the days of ' +
      'the assignment.',
    several:
      'In the week to {{week}} {{who}} has several assignments{{place}}: {{numbers}}. Add a column with the program ' +
      'or the assignment.',
    other_day: '{{day}} stands over this column, and is not in the week of this row.',
    not_hours: 'The hours of {{day}} are not a number. Write them like 8 or 7.75.',
  },
  grid: {
    no_contractor: 'There is no such contractor here.',
    not_rows: 'Send the rows of the week as a list, from one up to {{most}}.',
    twice: 'This assignment stands in the list twice. Send it once.',
  },
  limit: {
    over_budget:
      'This would take {{program}} over its budget of {{budget}}: {{committed}} is committed, {{paid}} is paid, and ' +
      'this adds {{more}}. Raise the budget first, or leave it for another program.',
    sums: 'What is committed, paid and used follows from approvals and payments. It is not written by hand.',
    dates_after: 'There are hours of the week to {{on}} already. The first day cannot come after that.',
    dates_before: 'There are hours of the week to {{on}} already. The last day cannot come before that.',
    terms_of_program:
      'Hours were approved by these terms, so they stay. For other terms, let this program end and begin another one.',
    terms_of_assignment:
      'Hours were approved at this rate, so it stays. For another one, end this assignment and make a new one from ' +
      'the day on which it changes.',
    under_spent: 'The budget of {{program}} cannot go below what is committed and paid already: {{used}}.',
    over_award_hours:
      'This would take {{project}} over the {{most}} hours that were awarded: {{used}} are used, and this adds ' +
      '{{more}}.',
    over_award_amount:
      'This would take {{project}} over the {{most}} that was awarded: {{used}} is used, and this adds {{more}}.',
  },
  returned: {
    title: 'Hours of {{member}} came back: the week to {{day}}',
    intro: '{{by}} looked at them and sends them back. Put them right and submit them again.',
    reason: 'Why',
    contractor: 'Contractor',
    hours: 'Hours',
    act: 'Open the week',
  },
  nearly_spent: {
    title: '{{name}}: {{percent}} % is spent',
    intro: 'Approvals stop where it ends. Raise it in time, or leave further hours to something else.',
    used: 'Approved and paid',
    most: 'Of',
    hours: '{{value}} hours',
    act: 'Look at it',
  },
  scale: {
    used:
      'Hours up to {{on}} were approved by this scale for {{classification}}, so it stays as it is for them. Let it ' +
      'end on that day or later, and add another one from the day after.',
  },
  assignment: {
    dates_reversed: 'The last day cannot come before the first.',
    contractor_suspended: '{{name}} is suspended and takes no new assignments. Hours of those it has can be settled.',
    not_signatory: '{{name}} has not signed the agreement, so it takes no assignments.',
    agreement_over: 'The agreement with {{name}} ended on {{on}}.',
    program_over: '{{name}} is {{state}} and takes no new assignments.',
    other_program: '{{name}} is paid by another program: {{program}}.',
    other_contractor: '{{name}} is another contractor’s project.',
    project_over: '{{name}} is over, so it takes no new assignments.',
    has_hours: 'Hours of this assignment were submitted. End it instead, so that they can be settled.',
  },
  offer: {
    title: '{{project}}: an award for every signatory bidder',
    intro: 'If {{contractor}} bids for {{project}}, it can count on this:',
    same: 'Every signatory contractor in good standing is told the same, in the same words.',
    rate: '{{classification}} {{rate}} an hour',
    most_hours: 'at most {{hours}} hours',
    most_amount: 'at most {{amount}} in all',
    until: 'until {{day}}',
    no_project: 'There is no such project here.',
    not_awarded:
      '{{project}} has no award that could be offered: it is offered once it is awarded and before it is won.',
    no_rates: 'Say first what an hour is subsidized with on {{project}}: it has no award rates yet.',
    stays: 'That somebody was told stays as it is.',
  },
  result_due: {
    title: '{{name}}: was the bid won? Due {{due}}',
    intro: 'The result of the bid by {{contractor}} has not been reported yet.',
    act: 'Report the result',
  },
  project: {
    no_program: 'Say first which program pays.',
    not_decided: 'A project begins as requested. Whether it is awarded, and with how much, is for an officer to say.',
  },
  batch: {
    own: 'You prepared this batch; somebody else must release it.',
    settled: 'A payment stays as it is. It is made void, and what it paid is paid anew.',
    nothing: 'There are no approved hours to pay in these weeks.',
    only_less:
      'All that is approved in these weeks takes back more than it comes to. It is taken off the next payment: ' +
      'approve the hours of later weeks, and prepare a batch that reaches to them.',
    some_paid: 'Payments of this batch are paid already. Void those that are not, one by one.',
    unknown: 'There is no such payment batch here.',
    no_file_prepared: 'This batch is not released yet, so nothing of it is to be paid.',
    one_vendor:
      'QuickBooks would take {{one}} and {{other}} for one vendor, as it knows only 41 plain letters of a name. Give ' +
      'one of them its own name under Vendor in QuickBooks.',
    no_file_void: 'This batch is void: nothing of it is to be paid.',
    memo: 'Batch {{batch}}, payment {{payment}}',
    memo_paid: 'Paid: {{payment}}',
    memo_paid_by: 'Paid: {{payment}}, QuickBooks {{reference}}',
  },
  payment: {
    with_batch: 'A payment goes along with its batch: release, export or void the batch.',
    pays_weeks: 'Hours are paid when their payment is.',
    in_future: 'Say on which day it was paid: {{day}} is still to come.',
    not_a_list: 'Send a list of rows, each with the number of a payment and the day on which it was paid.',
    too_many: 'At most {{most}} rows can be read at once.',
    unknown: 'There is no payment {{payment}} here. Payments have numbers such as B-0001-0001.',
    several: 'Several payments have the reference {{payment}}. Give their numbers.',
    twice: '{{payment}} stands in the list twice. The first row counts.',
    not_exported: '{{payment}} is {{state}}, so it cannot be paid. Only what is exported can.',
  },
  constraint: {
    hours_reason: 'Say why these hours come back.',
    assignment_overlap:
      'This member has an assignment to this contractor in this program already, and the days overlap. End that one ' +
      'first.',
    hours_one_a_week: 'There are hours of this assignment for this week already.',
    program_overtime_factor: 'An hour of overtime counts 1, 1.5 or 2.',
    program_fixed_rate: 'A program with a fixed rate needs the subsidy per hour.',
    program_period: 'The last day cannot come before the first.',
    payment_batch_period: 'The last day cannot come before the first.',
    contractor_agreement: 'The last day cannot come before the first.',
  },
} as const
