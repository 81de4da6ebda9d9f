import { Readable } from 'node:stream'
import { asOwner, eventually, formOf, importFile, type Voice } from '@commonhall/engine/testing'
import type { Local } from './local.ts'

/** What `import … --json` prints of an import. */
export type Brought = Awaited<ReturnType<typeof importFile>>['result']

/** Brings a contractor's file in as the command line does, and answers what it prints. */
export async function bringHours(local: Local, content: string | Buffer, more: object = {}): Promise<Brought> {
  const { result } = await importFile(local.house.engine, await local.house.caller('local-100'), {
    resource: 'hours',
    name: 'hours.csv',
    bytes: Readable.from([Buffer.from(content)]),
    ...more,
  })
  return result
}

export const reasons = ({ errors }: Brought) =>
  errors.map(({ row, column, value, message }) => [row, column, value, message])

/** Uploads a file as a person does. */
export async function uploadHours(voice: Voice, content: string | Buffer, name = 'hours.csv') {
  const { payload, headers } = formOf({ name, bytes: content })
  return await voice.send({
    method: 'POST',
    url: '/api/v1/orgs/local-100/imports?resource=hours',
    payload,
    headers,
  })
}

/** Begins an act on an import and waits for its end. */
export async function carried(voice: Voice, at: string, act: 'dry-run' | 'run' | 'undo') {
  const begun = await voice.post(`${at}/${act}`)
  if (begun.statusCode !== 202) throw new Error(begun.body)
  return await eventually(async () => {
    const row = (await voice.get(at)).json()
    if (['running', 'trying', 'undoing'].includes(row.state)) throw new Error('It did not end.')
    return row
  })
}

/** The card numbers of the members of some assignments, in their order. */
export async function cardsOf(local: Local, assignments: readonly string[]): Promise<string[]> {
  const rows = await asOwner<{ card: string }>(
    local.house,
    `select m.card_number::text as card from unnest($1::uuid[]) with ordinality one (id, n)
    join market_recovery.assignment a on a.id = one.id join members.member m on m.id = a.member order by n`,
    [assignments],
  )
  return rows.map(({ card }) => card)
}
