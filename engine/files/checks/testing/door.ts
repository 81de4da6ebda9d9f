import { expect } from 'vitest'
import { eventually, formOf, type Voice } from '@commonhall/engine/testing'

/** Attaches a file to a record as a form does. */
export function attach(voice: Voice, record: string, name: string, bytes: Buffer) {
  const { payload, headers } = formOf({ name, bytes })
  return voice.post(`${record}/files`, payload, headers)
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
