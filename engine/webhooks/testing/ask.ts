import type { LightMyRequestResponse } from 'fastify'
import type { Voice } from '@commonhall/engine/testing'

const at = '/api/v1/orgs/{slug}/webhooks'
const one = `${at}/{id}/deliveries/{delivery}`

/** A webhook, and all that can be asked of it: each reply with its operation. */
export async function askOfWebhooks(admin: Voice): Promise<[string, LightMyRequestResponse][]> {
  const replies: [string, LightMyRequestResponse][] = []
  const ask = async (operation: string, reply: Promise<LightMyRequestResponse>) => {
    replies.push([operation, await reply])
    return await reply
  }
  const hook = { name: 'Newsletter', url: 'http://127.0.0.1:9009/', events: ['members.member.created'] }
  const { id } = (await ask(`POST ${at}`, admin.post('/webhooks', hook))).json()
  const path = `/webhooks/${id}`
  await ask(`POST ${at}`, admin.post('/webhooks', { ...hook, url: 'http://10.0.0.1/' }))
  await ask(`PATCH ${at}/{id}`, admin.patch(path, { events: ['members.member.updated'] }))
  await ask(`PATCH ${at}/{id}`, admin.patch(path, { name: 'x' }, { 'if-match': '"99"' }))
  for (const act of ['rotate', 'pause', 'pause', 'resume', 'resume', 'pause', 'test', 'test'])
    await ask(`POST ${at}/{id}/${act}`, admin.post(`${path}/${act}`))
  const page = await ask(`GET ${at}/{id}/deliveries`, admin.get(`${path}/deliveries`))
  await ask(`GET ${at}/{id}/deliveries`, admin.get(`${path}/deliveries?state=lost`))
  const delivery = page.json().data[0].id
  await ask(`GET ${one}`, admin.get(`${path}/deliveries/${delivery}`))
  await ask(`GET ${one}`, admin.get(`${path}/deliveries/7`))
  await ask(`POST ${one}/replay`, admin.post(`${path}/deliveries/${delivery}/replay`))
  await ask(`POST ${at}/{id}/replay`, admin.post(`${path}/replay`, { since: new Date().toISOString() }))
  await ask(`POST ${at}/{id}/replay`, admin.post(`${path}/replay`, { since: 'yesterday' }))
  await ask('GET /api/v1/orgs/{slug}/webhook-events', admin.get('/webhook-events'))
  const other = (await admin.post('/webhooks', hook)).json().id
  await ask(`DELETE ${at}/{id}`, admin.delete(`/webhooks/${other}`))
  return replies
}
