import { defineModule } from '@commonhall/kernel'
import { hoursAwaitingApproval } from '@commonhall/modules/notices'
import { assignmentOfWeek } from './finders/assignment-of-week.ts'
import { daysOfWeek } from './finders/days-of-week.ts'
import { hoursThisMonth, subsidyThisMonth, weeksToApprove } from './metrics.ts'
import { budgetNearlySpent } from './notices/budget-nearly-spent.ts'
import { hoursReturned } from './notices/hours-returned.ts'
import { offerMade } from './notices/offer-made.ts'
import { resultDue } from './notices/result-due.ts'
import { beforeResult } from './reminders/before-result.ts'
import { sumsAgree } from './proofs/sums-agree.ts'
import { assignmentsSoFar } from './reports/assignments-so-far.ts'
import { awaitingApproval } from './reports/awaiting-approval.ts'
import { crossCheck } from './reports/cross-check.ts'
import { budgetActual } from './reports/budget-actual.ts'
import { jobsWon } from './reports/jobs-won.ts'
import { memberHours } from './reports/member-hours.ts'
import { paymentSummary } from './reports/payment-summary.ts'
import { subsidyDetail } from './reports/subsidy-detail.ts'
import { weeklyHours } from './reports/weekly-hours.ts'
import { assignment } from './resources/assignment.ts'
import { awardRate } from './resources/award-rate.ts'
import { contractor } from './resources/contractor.ts'
import { hours } from './resources/hours.ts'
import { offer } from './resources/offer.ts'
import { batchFile } from './payments/batch-file.ts'
import { importStatus } from './payments/import-status.ts'
import { payment } from './resources/payment.ts'
import { paymentBatch } from './resources/payment-batch.ts'
import { policy } from './resources/policy.ts'
import { program } from './resources/program.ts'
import { project } from './resources/project.ts'
import { scale } from './resources/scale.ts'
import { remittance } from './resources/remittance.ts'
import { rules } from './rules.ts'
import { demoMarketRecovery } from './seeds/demo-market-recovery.ts'
import { words } from './words/en.ts'
import { offerProject } from './routes/offer-project.ts'
import { readWeeks } from './routes/read-weeks.ts'
import { writeWeeks } from './routes/write-weeks.ts'
import { assignmentWorkflow } from './workflows/assignment.ts'
import { contractorWorkflow } from './workflows/contractor.ts'
import { hoursWorkflow } from './workflows/hours.ts'
import { paymentBatchWorkflow } from './workflows/payment-batch.ts'
import { paymentWorkflow } from './workflows/payment.ts'
import { programWorkflow } from './workflows/program.ts'
import { projectWorkflow } from './workflows/project.ts'
import { assignmentWriting } from './writings/assignment.ts'
import { hoursWriting } from './writings/hours.ts'
import { projectWriting } from './writings/project.ts'

export const marketRecovery = defineModule({
  name: 'market-recovery',
  label: 'Market recovery',
  purpose: 'Subsidized hours that win work back: programs, assignments, weekly hours, approvals and payments.',
  icon: 'hammer',
  orgKinds: ['union-local'],
  needs: ['notices', 'members', 'ledger'],
  folder: import.meta.dirname,
  resources: [
    program,
    assignment,
    hours,
    paymentBatch,
    payment,
    contractor,
    project,
    awardRate,
    offer,
    remittance,
    scale,
    policy,
  ],
  rules,
  routes: [readWeeks, writeWeeks, offerProject, batchFile, importStatus],
  notices: [hoursAwaitingApproval, hoursReturned, budgetNearlySpent, offerMade, resultDue],
  reminders: [beforeResult],
  workflows: [
    assignmentWorkflow,
    contractorWorkflow,
    hoursWorkflow,
    paymentBatchWorkflow,
    paymentWorkflow,
    programWorkflow,
    projectWorkflow,
  ],
  writings: [assignmentWriting, hoursWriting, projectWriting],
  finders: [assignmentOfWeek, daysOfWeek],
  reports: [
    weeklyHours,
    memberHours,
    budgetActual,
    paymentSummary,
    subsidyDetail,
    awaitingApproval,
    jobsWon,
    crossCheck,
    assignmentsSoFar,
  ],
  proofs: [sumsAgree],
  metrics: [weeksToApprove, hoursThisMonth, subsidyThisMonth],
  words,
  seed: demoMarketRecovery,
})
