import type { LightMyRequestResponse } from 'fastify'
import type { TestHouse, Voice } from '@commonhall/engine/testing'
import { metadata } from '../uploads/testing/uploading.ts'
import { Cabinet } from './cabinet.ts'

const org = '/api/v1/orgs/{slug}'

/** Everything that can be asked about the files of a member, with each answer and refusal. One file is left. */
export async function askOfFiles(
  house: TestHouse,
  voice: Voice,
  member: string,
): Promise<[string, LightMyRequestResponse][]> {
  const cabinet = new Cabinet(house)
  const id = await cabinet.attach(voice, `/members/${member}`, { name: 'card.txt' })
  await cabinet.uploaded(voice, { file: id }, { name: 'card.md' })
  const at = `/files/${id}`
  const one = `${org}/files/{id}`
  const upload = await beginUpload(voice, member)
  return [
    [`POST ${org}/members/{id}/files`, await cabinet.send(voice, `/members/${member}`, { tags: 'a, b', caption: 'c' })],
    [`POST ${org}/members/{id}/files`, await cabinet.send(voice, `/members/${crypto.randomUUID()}`)],
    [`POST ${org}/members/{id}/files`, await cabinet.send(voice, `/members/${member}`, { name: 'run.exe' })],
    [`PATCH ${one}`, await voice.patch(at, { name: 'Card', caption: null, tags: ['a'] })],
    [`PATCH ${one}`, await voice.patch(at, { name: '' })],
    [`PATCH ${one}`, await voice.patch(at, { caption: 'x' }, { 'if-match': '"1"' })],
    [`GET ${one}/versions`, await voice.get(`${at}/versions`)],
    [`GET ${one}/versions`, await voice.get('/files/7/versions')],
    [`POST ${one}/versions/{number}/restore`, await voice.post(`${at}/versions/1/restore`)],
    [`POST ${one}/versions/{number}/restore`, await voice.post(`${at}/versions/9/restore`)],
    [`POST ${one}/versions/{number}/restore`, await voice.post(`${at}/versions/3/restore`)],
    [`POST ${org}/uploads/{id}/direct`, await voice.post(`${upload}/direct`, {})],
    [`POST ${org}/uploads/{id}/direct`, await voice.post(`/uploads/${crypto.randomUUID()}/direct`)],
    [`POST ${org}/uploads/{id}/complete`, await voice.post(`${upload}/complete`)],
    [`DELETE ${one}`, await voice.delete(at)],
    [`POST ${one}/restore`, await voice.post(`${at}/restore`)],
    [`POST ${one}/restore`, await voice.post(`${at}/restore`)],
  ]
}

async function beginUpload(voice: Voice, member: string): Promise<string> {
  const told = metadata({ name: 'scan.pdf', resource: 'members', record: member })
  const headers = { 'tus-resumable': '1.0.0', 'upload-length': '10', 'upload-metadata': told }
  const reply = await voice.post('/uploads', undefined, headers)
  return `/uploads/${String(reply.headers.location).split('/').at(-1)}`
}
