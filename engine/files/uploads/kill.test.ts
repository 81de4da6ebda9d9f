import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, eventually, openHouse, Server, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { sweep } from './sweep/sweep.ts'
import { bothWays, nothingLost } from './testing/both-ways.ts'
import { freshBytes, sha256Of } from '../stores/testing/bytes.ts'
import { Wire } from './testing/uploading.ts'

const org = 'local-100'
const uploads = 24
const piece = 16 * 1024
const days = (many: number) => new Date(Date.now() + many * 24 * 3600_000)

let house: TestHouse
let server: Server
let staff: Voice
beforeAll(async () => {
  house = await openHouse()
  server = await Server.of(house)
  staff = await house.as(cast.staff)
})
afterAll(async () => {
  await server.kill()
  await house.close()
})

interface Lane {
  readonly bytes: Buffer
  address: string | null
  /** The file that the server has acknowledged. */
  file: string | null
}

/** Whoever was killed just as they put up their sign is in the way for a moment. */
const patiently = async (ask: () => Promise<Response>) => {
  for (;;) {
    const reply = await ask()
    if (reply.status !== 423) return reply
    await pause(100)
  }
}

/** Sends as long as there is a server; goes on where it stands. */
async function send(wire: Wire, lane: Lane, record: string): Promise<void> {
  const { bytes } = lane
  lane.address ??= await wire.begun({ name: 'scan.pdf', resource: 'members', record }, bytes.length)
  const { address } = lane
  const head = await patiently(() => wire.send('HEAD', address))
  if (head.status !== 200) throw new Error(`HEAD ${head.status}`)
  lane.file = head.headers.get('content-location')
  let offset = Number(head.headers.get('upload-offset'))
  while (!lane.file) {
    const from = offset
    const part = bytes.subarray(from, from + piece)
    const reply = await patiently(() => wire.patch(address, from, part))
    if (reply.status !== 204) throw new Error(`PATCH ${reply.status} ${await reply.text()}`)
    offset += part.length
    lane.file = reply.headers.get('content-location')
  }
}

const filesThere = async () => {
  const [row] = await asOwner<{ count: number }>(house, 'select count(*)::integer from foundation.file')
  return row?.count ?? 0
}

test('a server that is killed while files arrive loses none that it took, and keeps no others', async () => {
  const record = (await staff.get('/members?limit=1')).json().data[0].id
  const wire = new Wire({ url: server.url, org, token: staff.token })
  // Every fourth has the same bytes as the one before it.
  const lanes: Lane[] = Array.from({ length: uploads }, () => ({
    bytes: freshBytes(5 * piece),
    address: null,
    file: null,
  }))
  for (let index = 3; index < uploads; index += 4) lanes[index] = { ...lanes[index]!, bytes: lanes[index - 1]!.bytes }
  for (const share of [0.25, 0.6]) {
    await server.start()
    const running = Promise.allSettled(lanes.filter(({ file }) => !file).map((lane) => send(wire, lane, record)))
    await eventually(async () => expect(await filesThere()).toBeGreaterThanOrEqual(share * uploads))
    await server.kill()
    await running
    expect((await bothWays(house)).withoutBytes).toEqual([])
    // Those that died have let go after a while.
    await asOwner(house, 'update foundation.file_upload set held_until = now()')
  }
  const given = lanes.filter(({ file }, index) => !file && index % 2)
  // The others go on at whatever server there is then.
  const there = new Wire({ url: await house.app.listen({ port: 0, host: '127.0.0.1' }), org, token: staff.token })
  for (const lane of lanes) if (!lane.file && !given.includes(lane)) await send(there, lane, record)
  for (const { file, bytes } of lanes.filter((lane) => lane.file))
    expect((await staff.get(file ?? '')).json()).toMatchObject({ sha256: sha256Of(bytes), record })
  await sweep(house.engine, days(2))
  expect(await bothWays(house)).toEqual(nothingLost)
  expect(await asOwner(house, 'select from foundation.file_upload')).toEqual([])
  expect(await filesThere()).toBeGreaterThanOrEqual(uploads - given.length)
})
