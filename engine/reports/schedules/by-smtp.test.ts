import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, firstRun, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { MailServer } from '../../mail/testing/mail-server.ts'
import { mailJob, type MailWanted } from './job-names.ts'
import { mailReport } from './mail-report.ts'
import { queueDueReports } from './queue-due.ts'

const server = new MailServer()
let house: TestHouse
beforeAll(async () => {
  house = await openHouse({ settings: { environment: { SMTP_URL: await server.open() } } })
})
afterAll(async () => {
  await house.close()
  await server.close()
})

test('a report travels through a real mail server as an attachment, and arrives as it left', async () => {
  const staff = await house.as(cast.staff)
  const me = (await staff.get(`/users?filter[email]=${cast.staff}`)).json().data[0].id
  const wanted = { report: 'market-recovery.weekly-hours', asked: { period: 'last-month' }, format: 'pdf' }
  const reply = await staff.post('/report-schedules', { ...wanted, every: 'month', day: 1, recipients: [me] })
  expect(reply.statusCode).toBe(201)
  await queueDueReports(house.engine).run({ now: reply.json().next_at }, firstRun())
  const [job] = await asOwner<{ id: string; data: MailWanted }>(
    house,
    'select id, data from queue.job where name = $1',
    [mailJob],
  )
  await mailReport(house.engine).run(job!.data, { ...firstRun(), id: job!.id })
  const [taken, ...more] = server.taken
  expect([taken?.to, more]).toEqual([cast.staff, []])
  const { text = '' } = taken ?? {}
  expect(text).toContain(`Message-ID: <${job!.id}@`)
  expect(text).toMatch(/filename=local-100-market-recovery-weekly-hours-[\d-]+\.pdf/)
  const packed = /Content-Type: application\/pdf[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/.exec(text)?.[1] ?? ''
  const paper = Buffer.from(packed, 'base64').toString('latin1')
  expect([paper.slice(0, 5), paper.trimEnd().slice(-5)]).toEqual(['%PDF-', '%%EOF'])
})
