import { eventually, formOf, type Voice } from '@commonhall/engine/testing'

export interface Sent {
  readonly name?: string
  readonly resource?: string
  readonly headers?: Record<string, string>
}

/** Uploads a file as a browser does; `slug` is the org of the person. */
export async function upload(
  voice: Voice,
  slug: string,
  content: Buffer | string,
  { name = 'roll.csv', resource = 'members', headers = {} }: Sent = {},
) {
  const form = formOf({ name, bytes: content })
  return await voice.send({
    method: 'POST',
    url: `/api/v1/orgs/${slug}/imports?resource=${resource}`,
    payload: form.payload,
    headers: { ...form.headers, ...headers },
  })
}

/** The import once its work is over. */
export async function settled(voice: Voice, at: string) {
  return await eventually(async () => {
    const row = (await voice.get(at)).json()
    if (['running', 'trying', 'undoing'].includes(row.state)) throw new Error('The import did not end.')
    return row
  })
}

/** Uploads a file and brings it in; answers the address of the import. */
export async function bringIn(voice: Voice, slug: string, content: string, sent: Sent = {}): Promise<string> {
  const at = `/imports/${(await upload(voice, slug, content, sent)).json().id}`
  await voice.post(`${at}/run`)
  await settled(voice, at)
  return at
}
