import { expect } from 'vitest'
import { eventually, type Voice } from '@commonhall/engine/testing'

/** Attaches a file to a record as a form does. */
export function attach(voice: Voice, record: string, name: string, bytes: Buffer) {
  const border = 'a-border-that-is-in-no-file'
  const quoted = name.replaceAll('"', '%22')
  const head = `--${border}\r\nContent-Disposition: form-data; name="file"; filename="${quoted}"\r\n\r\n`
  const body = Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${border}--\r\n`)])
  return voice.post(`${record}/files`, body, { 'content-type': `multipart/form-data; boundary=${border}` })
}

/** A file as its row tells, as far as checks go. */
export interface Told {
  readonly id: string
  readonly name: string
  readonly state: 'checking' | 'ready' | 'held'
  readonly reason: string | null
  readonly because: string | null
}

export const fileAt = async (voice: Voice, id: string): Promise<Told> => (await voice.get(`/files/${id}`)).json()

/** The file as it is once it has been checked. */
export const attached = (voice: Voice, id: string): Promise<Told> =>
  eventually(async () => {
    const file = await fileAt(voice, id)
    expect(file.state).not.toBe('checking')
    return file
  })

/** Every address under which something of a file is given out. */
export const waysTo = (id: string): string[] =>
  ['content', 'content?version=1', 'thumbnail', 'view', 'pages/1', 'text'].map((way) => `/files/${id}/${way}`)

export const linkTo = (voice: Voice, id: string) => voice.post(`/files/${id}/link`, { minutes: 5 })
