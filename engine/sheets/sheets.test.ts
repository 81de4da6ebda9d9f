import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '@commonhall/kernel'
import { neutralize, openSheet, restore, type SheetLimits, usualLimits, writeCsv, writeXlsx } from './index.ts'

/** Bytes in pieces of a given size: uploads come as they come. */
const inPieces = (bytes: Uint8Array, size = bytes.length || 1) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, n) => bytes.subarray(n * size, (n + 1) * size)),
  )

async function cells(bytes: Uint8Array, size?: number, limits?: SheetLimits) {
  const sheet = await openSheet(inPieces(bytes, size), limits)
  const rows = await Array.fromAsync(sheet.rows())
  return { sheet, rows: rows.map((row) => row.cells), numbers: rows.map(({ row }) => row) }
}

const joined = async (stream: AsyncIterable<Buffer | string>) => {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}

/** The sentence with which a file is refused. */
async function refusal(bytes: Uint8Array, limits?: SheetLimits): Promise<string> {
  try {
    await cells(bytes, undefined, limits)
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
  return 'not refused'
}

const text = 'Name;Town\r\nGarcía;Münster\r\nŁoś;Zürich\r\n'
const utf16 = (content: string, big: boolean) => {
  const bytes = Buffer.from(content, 'utf16le')
  return big ? bytes.swap16() : bytes
}

describe('encodings', () => {
  const western = Buffer.from(text.replace('Łoś', 'Loś'.replace('ś', 's')), 'latin1')
  test.each([
    ['utf-8', Buffer.from(text), text],
    ['utf-8', Buffer.from(`\ufeff${text}`), text],
    ['utf-16le', utf16(`\ufeff${text}`, false), text],
    ['utf-16be', utf16(`\ufeff${text}`, true), text],
    ['utf-16le', utf16(text, false), text],
    ['windows-1252', western, western.toString('latin1')],
  ])('%s', async (encoding, bytes, meant) => {
    for (const size of [1, 7, bytes.length]) {
      const { sheet, rows } = await cells(bytes, size)
      expect(rows).toEqual(
        meant
          .trim()
          .split('\r\n')
          .map((line) => line.split(';')),
      )
      expect(sheet.encoding()).toBe(encoding)
    }
  })

  test('the first byte that is not ASCII decides, however late it comes', async () => {
    const early = 'a,b\n'.repeat(100_000)
    expect((await cells(Buffer.concat([Buffer.from(early), Buffer.from([0xe9])]), 50_000)).rows.at(-1)).toEqual(['é'])
    expect((await cells(Buffer.from(`${early}é`), 50_000)).rows.at(-1)).toEqual(['é'])
  })

  test('a Windows-1252 piece in a UTF-8 file is not lost', async () => {
    const mixed = Buffer.concat([Buffer.from('García,x\n'), Buffer.from([0x4d, 0xfc, 0x6c]), Buffer.from(',y\n')])
    expect((await cells(mixed)).rows).toEqual([
      ['García', 'x'],
      ['Mül', 'y'],
    ])
  })

  test('UTF-8 is never torn, wherever the pieces end', async () => {
    const word = fc.string({ unit: 'binary' }).map((one) => one.toWellFormed().replace(/[\p{Cc}",;|\ufeff]/gu, ''))
    const property = fc.asyncProperty(word, fc.integer({ min: 1, max: 9 }), async (one, size) => {
      const { rows } = await cells(Buffer.from(`é,${one}x\n`), size)
      expect(rows).toEqual([['é', `${one}x`]])
    })
    await fc.assert(property)
  })
})

describe('CSV', () => {
  test.each([
    [
      'a,b\n1,2\n',
      ',',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a;b\n"1,5";2\n',
      ';',
      [
        ['a', 'b'],
        ['1,5', '2'],
      ],
    ],
    [
      'a\tb\n1, 2\t3\n',
      '\t',
      [
        ['a', 'b'],
        ['1, 2', '3'],
      ],
    ],
    [
      'a|b\r1|2\r',
      '|',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['sep=;\na;b\n', ';', [['a', 'b']]],
    ['alone\nx\n', ',', [['alone'], ['x']]],
  ])('%j', async (content, delimiter, rows) => {
    const read = await cells(Buffer.from(content))
    expect([read.sheet.delimiter, read.rows]).toEqual([delimiter, rows])
  })

  test('numbers rows as a spreadsheet does: blank lines count, line breaks in a cell do not', async () => {
    const { numbers, rows } = await cells(Buffer.from('a,b\n"x\ny",1\n\nz,2'))
    expect([numbers, rows[1]]).toEqual([
      [1, 2, 3, 4],
      ['x\ny', '1'],
    ])
  })

  test('a zero character is shown as lost, so that its row is refused', async () => {
    const { rows } = await cells(Buffer.from('name,town\nAn\u0000n,here and there and everywhere, for a while\n'))
    expect(rows[1]![0]).toBe('An\ufffdn')
  })
})

describe('files that are no table', () => {
  const small = { ...usualLimits, csvBytes: 1000, xlsxBytes: 1000, columns: 5, recordCharacters: 200 }
  test.each<[string, string | Uint8Array, RegExp, SheetLimits?]>([
    ['empty', '', /empty/],
    ['a PDF', '%PDF-1.7 …', /a PDF/],
    ['a page', '\n<!DOCTYPE html><p>x', /a web page/],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10), /a picture/],
    ['an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1), /old Excel/],
    ['noise', Uint8Array.from({ length: 500 }, (_, n) => (n * 7919) % 31), /not a table/],
    ['a zip that is no workbook', Buffer.from('PK\u0003\u0004 and then nothing'), /damaged/],
    ['too long', 'a,b\n'.repeat(500), /larger than/, small],
    ['too wide', 'a,b,c,d,e,f\n', /more than 5 columns/, small],
    ['a quotation mark that is never closed', `a,b\n"secret ${'x'.repeat(300)}`, /never closed/, small],
  ])('%s', async (_name, content, sentence, limits) => {
    const message = await refusal(Buffer.from(content), limits)
    expect(message).toMatch(sentence)
    expect(message).not.toContain('secret')
  })
})

describe('workbooks', () => {
  const columns = [
    { heading: 'Who', kind: 'text' },
    { heading: 'Dues', kind: 'money' },
    { heading: 'Since', kind: 'date' },
  ]
  const book = (rows: readonly (readonly unknown[])[]) => joined(writeXlsx(columns, rows))

  test('numbers and dates are real ones, and come back as text', async () => {
    const { rows, sheet } = await cells(
      await book([
        ['Zoë', '12.50', '1968-08-24'],
        ['Old', '-1234567890123456.78', '1850-01-01'],
      ]),
    )
    expect(sheet.format).toBe('xlsx')
    expect(rows).toEqual([
      ['Who', 'Dues', 'Since'],
      ['Zoë', '12.5', '1968-08-24'],
      ['Old', "'-1234567890123456.78", '1850-01-01'],
    ])
  })

  test('a damaged workbook is refused in one sentence, wherever the damage is', async () => {
    const bytes = await book(Array.from({ length: 200 }, (_, n) => [`Member ${n}`, String(n), '2020-01-01']))
    let refused = 0
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 60)) {
      const message = await refusal(bytes.subarray(0, at + 4))
      if (message !== 'not refused') refused++
      const bent = Buffer.from(bytes)
      bent.fill(0xff, at, at + 8)
      expect(await refusal(bent)).toMatch(/damaged|not refused|nothing in it|anything in it|not a table/)
    }
    expect(refused).toBeGreaterThan(50)
  })

  test('a workbook that unpacks to far more than it is, is refused before it is unpacked', async () => {
    const bytes = await book([['x', '1', '2020-01-01']])
    const declared = Buffer.from(bytes)
    // What a bomb says of one of its parts: 60 MB.
    declared.writeUInt32LE(60 * 1024 * 1024, declared.indexOf('PK\u0001\u0002') + 24)
    expect(await refusal(declared)).toMatch(/unpacks to more/)
    expect(await refusal(bytes, { ...usualLimits, unpackedBytes: 1000 })).toMatch(/unpacks to more/)
  })

  test('a workbook that lies about its size is refused', async () => {
    const bytes = Buffer.from(await book([['x', '1', '2020-01-01']]))
    // The size that the directory declares for each part.
    for (let at = bytes.indexOf('PK\u0001\u0002'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 1))
      bytes.writeUInt32LE(10, at + 24)
    expect(await refusal(bytes)).toMatch(/damaged/)
  })
})

describe('formulas', () => {
  test('come back equal', () => {
    const property = fc.property(fc.string(), (cell) => {
      expect(restore(neutralize(cell))).toBe(cell)
    })
    fc.assert(property)
  })

  test.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx', "'=1", '＝1'])('%j cannot run', (cell) =>
    expect(neutralize(cell)).toBe(`'${cell}`),
  )

  test('in a written file too, while numbers stay numbers', async () => {
    const columns = [
      { heading: '=Who', kind: 'text' },
      { heading: 'Dues', kind: 'money' },
    ]
    const written = await joined(
      writeCsv(columns, [
        ['=cmd()', '-5.00'],
        [null, null],
        ['a "b", c', '0'],
      ]),
    )
    expect(written.toString()).toBe('\ufeff\'=Who,Dues\r\n\'=cmd(),-5.00\r\n,\r\n"a ""b"", c",0\r\n')
  })
})
