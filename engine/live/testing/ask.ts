import type { LightMyRequestResponse } from 'fastify'
import type { Voice } from '@commonhall/engine/testing'

const listen = 'GET /api/v1/orgs/{slug}/live'
const edit = 'POST /api/v1/orgs/{slug}/live/editing'

/** Something happens while two people listen by long polls: each reply with its operation. */
export async function askOfLive(one: Voice, other: Voice): Promise<[string, LightMyRequestResponse][]> {
  const [{ id }] = (await one.get('/members?limit=1&filter[state]=active')).json().data
  const topic = `members/${id}`
  const poll = (more = '') => one.get(`/live?topics=members,${topic},inbox&wait=0${more}`)
  const first = await poll()
  const said = await other.post('/live/editing', { topic, editing: true, tab: crypto.randomUUID() })
  await one.patch(`/${topic}`, { phone: '(555) 014-1414' })
  const then = await poll(`&after=${encodeURIComponent(first.json().next)}`)
  const events = (then.json().events as { event: string }[]).map(({ event }) => event)
  if (events.join() !== 'change,editing') throw new Error(`Heard was ${then.body}`)
  return [
    [listen, first],
    [edit, said],
    [edit, await one.post('/live/editing', { topic, editing: true, tab: crypto.randomUUID() })],
    [listen, then],
    [listen, await poll('&after=nowhere')],
    [listen, await one.get('/live')],
    [edit, await one.post('/live/editing', {})],
  ]
}
