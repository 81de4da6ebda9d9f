import { defineModule } from '@commonhall/kernel'
import { attendanceAlert } from './notices/attendance-alert.ts'
import { certificationExpiring } from './notices/certification-expiring.ts'
import { grantDeadline } from './notices/grant-deadline.ts'
import { hoursAwaitingApproval } from './notices/hours-awaiting-approval.ts'
import { invoiceOverdue } from './notices/invoice-overdue.ts'
import { maintenanceDue } from './notices/maintenance-due.ts'
import { paymentReceived } from './notices/payment-received.ts'
import { taskDue } from './notices/task-due.ts'
import { voteClosing } from './notices/vote-closing.ts'
import { voteOpened } from './notices/vote-opened.ts'
import { words } from './words/en.ts'

export const notices = defineModule({
  name: 'notices',
  label: 'Standard letters',
  purpose: 'The wording of letters that several modules send.',
  icon: 'mail',
  library: true,
  folder: import.meta.dirname,
  letters: [
    certificationExpiring,
    attendanceAlert,
    grantDeadline,
    taskDue,
    voteOpened,
    voteClosing,
    maintenanceDue,
    paymentReceived,
    invoiceOverdue,
    hoursAwaitingApproval,
  ],
  words,
})
