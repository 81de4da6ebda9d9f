import type { LightMyRequestResponse } from 'fastify'
import type { Voice } from '@commonhall/engine/testing'

const base = '/api/v1/orgs/{slug}/report-schedules'

/** Every route of reports by mail, with what it answers; one of them stays. */
export async function askOfReports(admin: Voice): Promise<[operation: string, reply: LightMyRequestResponse][]> {
  const people = (await admin.get('/users?filter[email]=admin@riverside.example')).json().data as { id: string }[]
  const wanted = { report: 'housing.vacancies', every: 'month', day: 31, recipients: people.map(({ id }) => id) }
  const made = await admin.post('/report-schedules', wanted)
  const { id } = made.json() as { id: string }
  const gone = (await admin.post('/report-schedules', wanted)).json() as { id: string }
  return [
    [`POST ${base}`, made],
    [`POST ${base}`, await admin.post('/report-schedules', { ...wanted, report: 'housing.lost' })],
    [`PATCH ${base}/{id}`, await admin.patch(`/report-schedules/${id}`, { format: 'csv' })],
    [`PATCH ${base}/{id}`, await admin.patch(`/report-schedules/${id}`, { every: 'week' })],
    [`DELETE ${base}/{id}`, await admin.delete(`/report-schedules/${gone.id}`)],
    [`DELETE ${base}/{id}`, await admin.delete(`/report-schedules/${gone.id}`)],
  ]
}
