import { type Actor, Refusal, type Report, say, spokenDate } from '@commonhall/kernel'
import { type Caller, findWorkedOrg, hasModule, houseCaller } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import type { HouseJob } from '../../jobs/index.ts'
import { letterOf } from '../../mail/layout/letter.ts'
import type { Attachment } from '../../mail/mail.ts'
import { mailTerms } from '../../mail/post.ts'
import { envelopeFor } from '../../notifications/mail/envelope.ts'
import { actorOf } from '../../notifications/reading.ts'
import { peopleSql, type Person } from '../../notifications/recipients.ts'
import { waysOf } from '../../notifications/settings/choice.ts'
import { wishesOf } from '../../notifications/settings/settings.ts'
import { judge } from '../../rules.ts'
import { type PreparedReport, prepareReport } from '../asked.ts'
import { type FileFormat, fileTypes, openReportFile } from '../file.ts'
import { moduleOf } from '../in-words.ts'
import { mailJob, type MailWanted } from './job-names.ts'
import { reportByMail } from './report-by-mail.ts'

/** A file that is larger waits at its address, behind a sign-in. Servers refuse mail not far above it. */
const mostBytes = 5 * 1024 * 1024

interface ScheduleRow extends Record<string, unknown> {
  readonly report: string
  readonly asked: Readonly<Record<string, string>>
  readonly format: FileFormat
  readonly maker: string | null
}

/** One report, for one person, as it is to go out. */
interface Errand {
  readonly caller: Caller
  readonly person: Person
  readonly report: Report
  readonly row: ScheduleRow
  readonly prepared: PreparedReport
}

/**
 * Makes a report as one person may see it now, and mails it. The mail has the job's id, so that another try is no other
 * mail. Whoever may not read it any more, is not here any more or wants none gets none, and nobody is told of that.
 */
export const mailReport = (engine: Engine): HouseJob<MailWanted> => ({
  name: mailJob,
  ...mailTerms,
  async run(wanted, { id }) {
    const errand = await errandOf(engine, wanted)
    if (!errand) return
    const { caller, person, row, prepared } = errand
    const { rows, attachment } = await fileOf(engine, errand)
    const { frame, outside } = envelopeFor(engine.settings, caller.org, person, reportByMail.name)
    const message = reportByMail.message(factsOf(errand, rows, attachment !== undefined), {
      name: person.name,
      org: caller.org.name,
      timeZone: caller.org.timeZone,
    })
    const attachments = attachment ? [attachment] : []
    const mail = { id, ...outside, kind: reportByMail.name, ...letterOf(message, frame), attachments }
    if ((await engine.post.send(mail)) !== 'sent' || !attachment) return
    const detail = JSON.stringify({ fields: Object.keys(prepared.plan.columns), rows, format: row.format })
    await engine.database.read(caller.access, {
      text: 'select foundation.note_mailed_report($1, $2, $3, $4)',
      values: [person.user_id, row.report, detail, caller.access.requestId],
    })
  },
})

/** What is to be sent, if it still is. */
async function errandOf(engine: Engine, { org: id, schedule, recipient, day }: MailWanted) {
  const { database, registry, log } = engine
  const org = await findWorkedOrg(database, id)
  if (!org) return undefined
  const house = houseCaller(org, 'job')
  const [row] = await database.read<ScheduleRow>(house.access, {
    text: `select s.report, s.asked, s.format, u.name as maker from foundation.report_schedule s
      left join foundation.membership m on m.org_id = s.org_id and m.user_id = s.made_by
      left join foundation.user u on u.id = m.user_id
      where s.id = $1 and s.state = 'active' and s.recipients ? $2`,
    values: [schedule, recipient],
  })
  const report = registry.reports.get(row?.report ?? '')
  if (!row || !report || !hasModule(house.org, moduleOf(report))) return undefined
  const people = { text: peopleSql('m.user_id = $1'), values: [recipient] }
  const [person] = await database.read<Person & Record<string, unknown>>(house.access, people)
  if (!person?.email || waysOf(reportByMail, wishesOf(person)).mail === 'off') return undefined
  const caller: Caller = { ...house, actor: actorOf(registry, person) }
  if (!mayRead(engine, report, caller.actor)) return undefined
  try {
    const prepared = prepareReport(registry, { ...caller, today: day }, report, row.asked)
    return { caller, person, report, row, prepared } satisfies Errand
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    log.warn({ report: row.report, schedule, code: error.code }, 'a report cannot be mailed as it is asked for')
    return undefined
  }
}

function mayRead({ registry }: Engine, { rule: permission }: Report, actor: Actor): boolean {
  const rule = registry.rules.get(permission)
  return rule !== undefined && judge(rule, permission, actor) === true
}

/** The file, if it fits into a mail. */
async function fileOf(engine: Engine, { caller, row, prepared }: Errand) {
  try {
    const { name, rows, bytes, close } = await openReportFile(engine, caller, prepared, row.format)
    try {
      const pieces: Buffer[] = []
      let size = 0
      for await (const piece of bytes as AsyncIterable<Buffer>) {
        size += piece.length
        if (size > mostBytes) return { rows, attachment: undefined }
        pieces.push(piece)
      }
      const attachment: Attachment = { name, type: fileTypes[row.format], bytes: Buffer.concat(pieces) }
      return { rows, attachment }
    } finally {
      await close()
    }
  } catch (error) {
    // More rows than the format holds: they are at the address all the same.
    if (error instanceof Refusal && error.status === 422)
      return { rows: Number(error.members['rows'] ?? 1), attachment: undefined }
    throw error
  }
}

function factsOf({ caller, report, row, prepared: { asked } }: Errand, rows: number, attached: boolean) {
  const { period } = report
  const [from, until] = [asked[period?.from ?? ''], asked[period?.until ?? '']]
  const days = from && until ? say('reports:mail.days', { from: spoken(from), until: spoken(until) }) : null
  // The days of that day: when it is opened later, it is the same report.
  const fixed = Object.entries(asked).filter(([, value]) => value !== null && value !== undefined)
  const sort = row.asked['sort'] ? [['sort', row.asked['sort']] as [string, unknown]] : []
  const query = new URLSearchParams([...fixed, ...sort].map(([name, value]) => [name, String(value)])).toString()
  const path = `/reports/${report.name}${query ? `?${query}` : ''}`
  return { title: report.title, days, rows, attached, path, by: caller.actor.name === row.maker ? null : row.maker }
}

const spoken = (day: unknown) => spokenDate(String(day))
