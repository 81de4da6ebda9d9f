import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, cast, eventually, firstRun, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import type { ClamdAddress } from '../settings.ts'
import { inPieces, sha256Of } from '../stores/testing/bytes.ts'
import { falseClamd } from './clamd/testing/clamd.ts'
import { checkContent, type ContentToCheck } from './check-content.ts'
import { checkAnew, findUnchecked } from './find-unchecked.ts'
import { Scanner } from './scanner.ts'
import { attach, fileAt } from './testing/door.ts'
import { png } from './testing/images.ts'

/** How the scanner is: it answers so, or it is away. */
let answer: string | null
let clamd: Awaited<ReturnType<typeof falseClamd>>
let house: TestHouse
let staff: Voice
let member: string

beforeAll(async () => {
  clamd = await falseClamd((socket) => {
    socket.on('data', (bytes: Buffer) => {
      if (answer === null) socket.destroy()
      else if (bytes.toString('latin1').includes('VERSION')) socket.end('ClamAV 1\0')
      else if (bytes.subarray(-4).equals(Buffer.alloc(4))) socket.end(answer)
    })
  })
  // It does not work by itself: each test says what runs.
  house = await openHouse()
  staff = await house.as(cast.staff)
  member = (await staff.get('/members?limit=1')).json().data[0].id
})
afterAll(async () => {
  await house.close()
  clamd.end()
})

beforeEach(async () => {
  answer = 'stream: OK\0'
  scanBy(clamd.address)
  for (const table of ['file_version', 'file', 'file_content', 'notification'])
    await asOwner(house, `delete from foundation.${table}`)
  await asOwner(house, "delete from queue.job where name like 'files.%'")
})

/** As if the house had been started with this scanner, or with none. */
const scanBy = (address: ClamdAddress | null, withoutScanner: 'hold' | 'allow' = 'hold') =>
  Object.assign(house.engine.files, { scanner: new Scanner({ clamd: address, withoutScanner }) })

async function send(bytes: Buffer, name = 'leak.png'): Promise<string> {
  const reply = await attach(staff, `/members/${member}`, name, bytes)
  expect(reply.statusCode).toBe(201)
  return reply.json().id
}

/** What waits to be checked, without what waits for a time that is yet to come. */
const queued = () =>
  asOwner<{ data: ContentToCheck; wait: number }>(
    house,
    `select data, extract(epoch from start_after - now())::float8 as wait from queue.job
    where name = 'files.content-is-checked' and state < 'active' order by created_on`,
  )

/** Takes everything that is queued once, whether its time has come or not. */
async function work(): Promise<void> {
  const jobs = await queued()
  await asOwner(house, "delete from queue.job where name = 'files.content-is-checked'")
  for (const { data } of jobs) await checkContent(house.engine).run(data, firstRun())
}

const contentOf = async (bytes: Buffer) =>
  (
    await asOwner<{ verdict: string; reason: string | null; checked_by: string | null }>(
      house,
      'select verdict, reason, checked_by from foundation.file_content where sha256 = $1',
      [sha256Of(bytes)],
    )
  )[0]

const stateOf = async (id: string) => {
  const { state, reason } = await fileAt(staff, id)
  return [state, reason]
}

describe('while the scanner is away', () => {
  test('a file waits, is tried again with growing pauses, and is free once it is back', async () => {
    answer = null
    const id = await send(png())
    const pauses: number[] = []
    for (let tries = 0; tries < 3; tries++) {
      await work()
      expect(await stateOf(id)).toEqual(['checking', null])
      expect((await staff.get(`/files/${id}/content`)).statusCode).toBe(409)
      pauses.push(Math.round((await queued())[0]?.wait ?? 0))
    }
    const [first = 0, second = 0, third = 0] = pauses
    expect([first > 0, second > first, third > second]).toEqual([true, true, true])
    expect((await staff.get('/file-settings')).json().scanner).toEqual({ state: 'away', without: 'hold' })
    expect((await house.app.inject('/health/ready')).json()).toMatchObject({ status: 'ok', degraded: ['scanner'] })
    answer = 'stream: OK\0'
    await work()
    expect(await stateOf(id)).toEqual(['ready', null])
    expect(await contentOf(png())).toEqual({ verdict: 'clean', reason: null, checked_by: 'ClamAV 1' })
    expect((await house.app.inject('/health/ready')).json()).not.toHaveProperty('degraded')
  })

  test('what our own checks hold is held all the same', async () => {
    answer = null
    const id = await send(png(16_000, 16_000))
    await work()
    expect(await stateOf(id)).toEqual(['held', 'pixels'])
  })

  test('what waits is shown to whoever watches over the machine', async () => {
    answer = null
    await send(png())
    await work()
    const page = async () => (await house.app.inject('/metrics')).body
    await eventually(async () => expect(await page()).toMatch(/^commonhall_files_waiting 1$/m))
    expect(await page()).toMatch(/^commonhall_file_oldest_waiting_seconds [\d.]+$/m)
  })
})

describe('without a scanner', () => {
  test('files are held where the house says so, and are free once one has seen them', async () => {
    scanBy(null, 'hold')
    const id = await send(png())
    await work()
    expect(await stateOf(id)).toEqual(['held', 'unscanned'])
    expect((await staff.get('/file-settings')).json().scanner).toEqual({ state: 'none', without: 'hold' })
    await findUnchecked(house.engine).run({}, firstRun())
    expect(await queued()).toEqual([])
    scanBy(clamd.address)
    await findUnchecked(house.engine).run({}, firstRun())
    await work()
    expect(await stateOf(id)).toEqual(['ready', null])
  })

  test('files can be opened where the house says so, and are looked at once there is one', async () => {
    scanBy(null, 'allow')
    const id = await send(png())
    await work()
    expect([await stateOf(id), await contentOf(png())]).toEqual([
      ['ready', null],
      { verdict: 'clean', reason: null, checked_by: null },
    ])
    scanBy(clamd.address)
    answer = 'stream: Late.News FOUND\0'
    await findUnchecked(house.engine).run({}, firstRun())
    await work()
    expect(await stateOf(id)).toEqual(['held', 'infected'])
    expect((await staff.get(`/files/${id}/content`)).statusCode).toBe(409)
  })
})

describe('checking again', () => {
  test('looks at everything, and holds what is known to be harmful by now', async () => {
    const id = await send(png())
    await work()
    expect(await checkAnew(house.engine, false)).toBe(0)
    answer = 'stream: Late.News FOUND\0'
    expect(await checkAnew(house.engine, true)).toBe(1)
    await work()
    expect(await stateOf(id)).toEqual(['held', 'infected'])
  })

  test('what was lost on the way is found after a while', async () => {
    const id = await send(png())
    await asOwner(house, "delete from queue.job where name = 'files.content-is-checked'")
    await findUnchecked(house.engine).run({}, firstRun())
    expect(await queued()).toEqual([])
    await asOwner(house, "update foundation.file_content set created_at = now() - interval '1 hour'")
    await findUnchecked(house.engine).run({}, firstRun())
    await work()
    expect(await stateOf(id)).toEqual(['ready', null])
  })
})

describe('a check', () => {
  test('of bytes that are not there fails, and is tried again', async () => {
    await send(png())
    const { org } = await house.caller()
    const wanted = { org: org.id, sha256: sha256Of(png()) }
    await house.engine.files.stores.current.remove({ kind: 'content', ...wanted })
    await expect(checkContent(house.engine).run(wanted, firstRun())).rejects.toThrow('not there')
    expect((await contentOf(png()))?.verdict).toBe('waiting')
  })

  test('of other bytes than those that are called so fails: they are never clean', async () => {
    const id = await send(png())
    const { org } = await house.caller()
    const address = { org: org.id, kind: 'content', sha256: sha256Of(png()) } as const
    const other = png(3, 3)
    await house.engine.files.stores.current.write(address, inPieces(other), other.length)
    await expect(checkContent(house.engine).run({ org: org.id, sha256: address.sha256 }, firstRun())).rejects.toThrow(
      'were announced',
    )
    expect(await stateOf(id)).toEqual(['checking', null])
    await house.engine.files.stores.current.write(address, inPieces(png()), png().length)
  })

  test('tells the uploader once, however often it runs', async () => {
    answer = 'stream: Bad.News FOUND\0'
    await send(png())
    await work()
    await checkAnew(house.engine, true)
    await work()
    const told = (await staff.get('/inbox')).json().data as { kind: string }[]
    expect(told.filter(({ kind }) => kind === 'foundation.file-held')).toHaveLength(1)
  })

  test('of another organization settles nothing here', async () => {
    const id = await send(png())
    const { org } = await house.caller('riverside')
    await checkContent(house.engine).run({ org: org.id, sha256: sha256Of(png()) }, firstRun())
    expect(await stateOf(id)).toEqual(['checking', null])
  })
})
