import type { LightMyRequestResponse } from 'fastify'
import type { TestHouse, Voice } from '@commonhall/engine/testing'
import { paper } from '../../previews/testing/paper.ts'
import { lookThrough, put } from '../../testing/put.ts'

const org = '/api/v1/orgs/{slug}'

/** Everything that can be asked of what is given out, with each answer and refusal. */
export async function askOfServing(
  house: TestHouse,
  voice: Voice,
  record: string,
): Promise<[string, LightMyRequestResponse][]> {
  const slug = 'riverside'
  const text = Buffer.from('Minutes')
  const document = paper(['Minutes'])
  const [minutes, pdf, held] = [
    await put(house, { slug, record, bytes: text }),
    await put(house, { slug, record, bytes: document, name: 'minutes.pdf', mediaType: 'application/pdf' }),
    await put(house, { slug, record, bytes: Buffer.from('held'), verdict: 'held' }),
  ]
  await lookThrough(house, text, slug)
  await lookThrough(house, document, slug)
  const link = await voice.post(`/files/${minutes}/link`, { minutes: 5 })
  const open = new URL(String(link.json().url)).pathname
  const known = await voice.get(`/files/${minutes}/content`)
  const one = `${org}/files/{id}`
  const about = (id: string, way: string, headers: Record<string, string> = {}) =>
    voice.get(`/files/${id}/${way}`, headers)
  return [
    [`GET ${one}/content`, known],
    [`GET ${one}/content`, await about(minutes, 'content', { range: 'bytes=0-2' })],
    [`GET ${one}/content`, await about(minutes, 'content', { range: 'bytes=99-' })],
    [`GET ${one}/content`, await about(minutes, 'content', { 'if-none-match': String(known.headers.etag) })],
    [`GET ${one}/content`, await about(minutes, 'content?version=9')],
    [`GET ${one}/content`, await about(minutes, 'content?version=x')],
    [`GET ${one}/content`, await about(held, 'content')],
    [`GET ${one}/thumbnail`, await about(pdf, 'thumbnail')],
    [`GET ${one}/thumbnail`, await about(minutes, 'thumbnail')],
    [`GET ${one}/view`, await about(pdf, 'view')],
    [`GET ${one}/pages/{number}`, await about(pdf, 'pages/1')],
    [`GET ${one}/pages/{number}`, await about(pdf, 'pages/2')],
    [`GET ${one}/text`, await about(minutes, 'text')],
    [`GET ${one}/text`, await about(pdf, 'text')],
    [`POST ${one}/link`, link],
    [`POST ${one}/link`, await voice.post(`/files/${minutes}/link`, { minutes: 1 })],
    [`POST ${one}/link`, await voice.post(`/files/${held}/link`)],
    ['GET /api/v1/file-links/{token}', await house.app.inject({ url: open })],
    ['GET /api/v1/file-links/{token}', await house.app.inject({ url: `${open}x` })],
  ]
}
