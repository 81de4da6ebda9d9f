/** Finds what is due, and queues a mail for each who gets it. */
export const dueJob = 'reports.due-mail-queued'

/** Makes one report for one person, and mails it. */
export const mailJob = 'reports.report-mailed'

export interface MailWanted {
  readonly org: string
  readonly schedule: string
  readonly recipient: string
  /** The day on which it is due where the org is, from which its days are counted. */
  readonly day: string
}
