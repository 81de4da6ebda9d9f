/** Reports that modules declare: pages, files, and their way by mail. */
import type { Engine } from '../engine.ts'
import { judgeSchedules } from './schedules/judge-schedules.ts'
import { mailReport } from './schedules/mail-report.ts'
import { queueDueReports } from './schedules/queue-due.ts'
import { reportSchedule } from './schedules/report-schedule.ts'

/** The mail of reports, and what is looked at before it is set up. */
export function workReports(engine: Engine): void {
  const writing = { resource: reportSchedule, judge: judgeSchedules(engine.registry) }
  engine.registry.writings.set(reportSchedule.name, writing)
  engine.jobs.addHouseJob(queueDueReports(engine))
  engine.jobs.addHouseJob(mailReport(engine))
}
