import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { lookThrough, put } from '../testing/put.ts'
import { gather, sha256Of, someBytes } from '../stores/testing/bytes.ts'
import { mostPixels, sourceOf } from './kinds.ts'
import { paper } from './testing/paper.ts'
import { bomb, moving, photo } from './testing/photos.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

/** What there is of a content, as its rows say. */
async function made(bytes: Uint8Array) {
  const sha256 = sha256Of(bytes)
  const [content] = await asOwner<{ previews: string; pages: number | null }>(
    house,
    `select previews, pages from foundation.file_content where sha256 = '${sha256}'`,
  )
  const rows = await asOwner<{ kind: string; media_type: string; size: number; width: number; height: number }>(
    house,
    `select kind, media_type, size::integer, width, height from foundation.file_preview where sha256 = '${sha256}'
    order by kind`,
  )
  return { ...content, kinds: rows.map(({ kind }) => kind), rows }
}

async function lookedThrough(bytes: Buffer, mediaType: string) {
  await put(house, { bytes, mediaType })
  await lookThrough(house, bytes)
  return await made(bytes)
}

const kept = async (bytes: Buffer, preview: string) => {
  const { org } = await house.caller()
  const address = { org: org.id, kind: 'preview', sha256: sha256Of(bytes), preview } as const
  return await gather(await house.engine.files.stores.current.read(address))
}

describe('of a picture', () => {
  test.each(['jpeg', 'png', 'webp', 'tiff'] as const)(
    'in %s there is a small one and one for screens',
    async (format) => {
      const bytes = await photo(format, 3000, 1500)
      const { previews, kinds, rows } = await lookedThrough(bytes, `image/${format}`)
      expect([previews, kinds]).toEqual(['made', ['thumbnail', 'view']])
      // It lay on its side.
      expect(rows.map(({ width, height }) => [width, height])).toEqual([
        [160, 320],
        [1024, 2048],
      ])
      for (const { kind, size } of rows) {
        const preview = await kept(bytes, kind)
        expect(preview.length).toBe(size)
        const { format: became, exif, icc, xmp, iptc } = await sharp(preview).metadata()
        expect([became, exif, icc, xmp, iptc]).toEqual(['webp', undefined, undefined, undefined, undefined])
      }
    },
  )

  test('that moves there is the first moment', async () => {
    const bytes = await moving()
    const { kinds } = await lookedThrough(bytes, 'image/gif')
    expect(kinds).toEqual(['thumbnail', 'view'])
    const { dominant } = await sharp(await kept(bytes, 'view')).stats()
    expect([dominant.r > 200, dominant.b < 50]).toEqual([true, true])
  })
})

test('of a document there is its first page, and how many it has', async () => {
  const bytes = paper(['One', 'Two', 'Three'])
  const { previews, pages, kinds, rows } = await lookedThrough(bytes, 'application/pdf')
  expect([previews, pages, kinds]).toEqual(['made', 3, ['page-1', 'thumbnail']])
  expect(rows[0]).toMatchObject({ media_type: 'image/webp', width: 1130, height: 1600 })
  // Something is written on it.
  const { channels } = await sharp(await kept(bytes, 'page-1')).stats()
  expect(channels[0]?.min).toBeLessThan(50)
})

test('of a page of two hundred inches there is a picture like any other', async () => {
  const { rows } = await lookedThrough(paper(['Wall'], [14_400, 14_400]), 'application/pdf')
  expect(rows[0]).toMatchObject({ kind: 'page-1', width: 1600, height: 1600 })
})

describe('nothing is made', () => {
  test.each([
    ['of 16,000 by 16,000 pixels', bomb(16_000), 'image/png'],
    ['of a picture that is none', someBytes(1000), 'image/png'],
    ['of a picture that is cut short', null, 'image/jpeg'],
    ['of a drawing that could run', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/png'],
    ['of a document that is none', Buffer.from('%PDF-1.7 and nothing more'), 'application/pdf'],
  ])('%s, and that is all that happens', async (_what, given, mediaType) => {
    const whole = await photo('jpeg', 900, 900)
    const bytes = given ?? whole.subarray(0, whole.length / 2)
    expect(await lookedThrough(bytes, mediaType)).toMatchObject({ previews: 'failed', kinds: [] })
  })

  test('of what has no preview, of what is not clean, nor a second time', async () => {
    const office = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
    expect(sourceOf(office)).toBeNull()
    expect(await lookedThrough(Buffer.from('PK a letter'), office)).toMatchObject({ previews: 'none', kinds: [] })
    const held = Buffer.from('a text that is held')
    await put(house, { bytes: held, verdict: 'held' })
    await lookThrough(house, held)
    expect(await made(held)).toMatchObject({ previews: 'waiting', kinds: [] })
    await lookThrough(house, Buffer.from('nobody has this'))
  })

  test('of what has gone meanwhile, and nothing of it is left', async () => {
    const bytes = Buffer.from('a text that goes')
    const file = await put(house, { bytes })
    const { current } = house.engine.files.stores
    const write = current.write.bind(current)
    current.write = async (...given) => {
      await write(...given)
      await asOwner(house, `delete from foundation.file where id = '${file}'`)
      await asOwner(house, `delete from foundation.file_content where sha256 = '${sha256Of(bytes)}'`)
    }
    await lookThrough(house, bytes).finally(() => (current.write = write))
    expect((await kept(bytes, 'text')).length).toBe(0)
  })

  test('that is many times as large as what it was made of: copies count for no quota', async () => {
    const side = 3500
    const noise = sharp(someBytes(116 * 116 * 3), { raw: { width: 116, height: 116, channels: 3 } })
    const packed = { compression: 'jpeg', quality: 20 } as const
    const bytes = await noise.resize(side, side, { kernel: 'cubic' }).tiff(packed).toBuffer()
    const plain = await sharp(bytes).tiff({ compression: 'lzw' }).toBuffer()
    expect(plain.length).toBeGreaterThan(8_000_000 + 4 * bytes.length)
    const file = await put(house, { bytes, mediaType: 'image/tiff', name: 'wide.tif' })
    await lookThrough(house, bytes)
    const reply = await (await house.as(cast.member)).get(`/files/${file}/content`)
    expect([reply.statusCode, reply.json().code]).toEqual([409, 'no_clean_copy'])
    expect((await made(bytes)).kinds).toEqual(['thumbnail', 'view'])
    expect((await kept(bytes, 'full')).length).toBe(0)
  })

  test('while the store is away: that is tried again', async () => {
    const bytes = Buffer.from('a text whose bytes are elsewhere')
    await put(house, { bytes })
    const { org } = await house.caller()
    await house.engine.files.stores.current.remove({ org: org.id, kind: 'content', sha256: sha256Of(bytes) })
    await expect(lookThrough(house, bytes)).rejects.toThrow(expect.objectContaining({ name: 'BytesMissing' }))
    expect(await made(bytes)).toMatchObject({ previews: 'waiting' })
  })
})

test('what is asked for by many at once is made once', async () => {
  const bytes = paper(['One', 'Two'])
  const file = await put(house, { bytes, mediaType: 'application/pdf', name: 'two.pdf' })
  await lookThrough(house, bytes)
  const { sandbox } = house.engine.files
  const run = sandbox.run.bind(sandbox)
  let runs = 0
  sandbox.run = (...given) => {
    runs += 1
    return run(...given)
  }
  const staff = await house.as(cast.staff)
  const replies = await Promise.all(Array.from({ length: 5 }, () => staff.get(`/files/${file}/pages/2`)))
  sandbox.run = run
  expect([runs, replies.map(({ statusCode }) => statusCode)]).toEqual([1, [200, 200, 200, 200, 200]])
})

test('the limit of pixels lets the largest pictures of phones through', () => {
  expect(mostPixels).toBeGreaterThanOrEqual(8_000 * 12_000)
  expect(mostPixels).toBeLessThan(16_000 * 16_000)
})
