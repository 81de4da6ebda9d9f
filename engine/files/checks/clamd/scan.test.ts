import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { Scanner } from '../scanner.ts'
import { eicar } from '../testing/eicar.ts'
import { pdf } from '../testing/documents.ts'
import { zip } from '../testing/zip.ts'
import { ScannerAway } from './ask.ts'
import { scan, versionOf } from './scan.ts'
import { Clamd, clamdProgram, falseClamd, marked, whySkipped } from './testing/clamd.ts'

const patience = { question: 1_000, scan: 20_000 }
const short = { question: 300, scan: 300 }

const reading = (bytes: Buffer) => () =>
  Promise.resolve(
    (async function* () {
      for (let at = 0; at < bytes.length; at += 50_000) yield bytes.subarray(at, at + 50_000)
    })(),
  )

const clean = { reason: null, detail: null }
const infected = (detail: string) => ({ reason: 'infected', detail })

describe.skipIf(!clamdProgram)(`clamd (${clamdProgram ? 'a real one' : whySkipped})`, () => {
  let clamd: Clamd

  beforeAll(async () => {
    clamd = await Clamd.start(['StreamMaxLength 2M'])
  })
  afterAll(() => clamd.end())

  const ask = (bytes: Buffer) => scan(clamd.address, reading(bytes), patience)

  test('says which one it is', async () => {
    expect(await versionOf(clamd.address, patience)).toMatch(/^ClamAV \d/)
  })

  test('finds what is in a file, in a PDF and in an archive, by name', async () => {
    expect(await ask(eicar)).toEqual(infected('Test.Eicar.UNOFFICIAL'))
    expect(await ask(pdf([`<< /Length 68 >>\nstream\n${eicar.toString()}\nendstream`]))).toEqual(
      infected('Test.Eicar.UNOFFICIAL'),
    )
    expect(await ask(zip([{ name: 'a.txt', bytes: `a ${marked}` }]))).toEqual(infected('Test.Marked.UNOFFICIAL'))
  })

  test('finds nothing where there is nothing', async () => {
    expect(await ask(Buffer.from('minutes'))).toEqual(clean)
    expect(await ask(randomBytes(1_500_000))).toEqual(clean)
  })

  test('is sent more than it takes: that is not clean', async () => {
    expect(await ask(randomBytes(6_000_000))).toEqual({ reason: 'too_large', detail: null })
  })

  test('is asked about many files at once', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => ask(n % 2 ? eicar : Buffer.from(`${n}`))))
    expect(answers.filter(({ reason }) => reason === 'infected')).toHaveLength(6)
  })
})

describe.skipIf(!clamdProgram)(`clamd that goes away (${clamdProgram ? 'a real one' : whySkipped})`, () => {
  let clamd: Clamd

  afterEach(() => clamd.end())

  test('before it is asked: nothing is known of the bytes', async () => {
    clamd = await Clamd.start()
    await clamd.end()
    await expect(scan(clamd.address, reading(eicar), patience)).rejects.toBeInstanceOf(ScannerAway)
  })

  test('while bytes are coming: nothing is known of them, rather than that they are clean', async () => {
    clamd = await Clamd.start()
    const read = () =>
      Promise.resolve(
        (async function* () {
          yield Buffer.from('a beginning')
          await clamd.end()
          for (let n = 0; n < 100; n++) yield Buffer.alloc(64 * 1024)
        })(),
      )
    await expect(scan(clamd.address, read, patience)).rejects.toBeInstanceOf(ScannerAway)
  })

  test('by standing still: it is not waited for longer than was said, and asked again when it goes on', async () => {
    clamd = await Clamd.start()
    clamd.freeze()
    await expect(scan(clamd.address, reading(eicar), short)).rejects.toBeInstanceOf(ScannerAway)
    await expect(versionOf(clamd.address, short)).rejects.toBeInstanceOf(ScannerAway)
    clamd.thaw()
    expect(await scan(clamd.address, reading(eicar), patience)).toMatchObject({ reason: 'infected' })
  })
})

describe('something that answers in the place of clamd', () => {
  let end = () => {}

  afterEach(() => end())

  test('says that bytes are clean before it has them: that is no proof', async () => {
    let heard = () => {}
    const answered = new Promise<void>((resolve) => (heard = resolve))
    const one = await falseClamd((socket) => {
      socket.once('data', () => socket.write('stream: OK\0', () => heard()))
      socket.on('data', (bytes: Buffer) => void (bytes.subarray(-4).equals(Buffer.alloc(4)) && socket.end()))
    })
    ;({ end } = one)
    const read = () =>
      Promise.resolve(
        (async function* () {
          yield Buffer.from('a beginning')
          await answered
          for (let n = 0; n < 20; n++) yield await new Promise<Buffer>((go) => setImmediate(go, Buffer.from('more')))
        })(),
      )
    await expect(scan(one.address, read, patience)).rejects.toBeInstanceOf(ScannerAway)
  })

  test('says two things at once: that is no answer', async () => {
    const ask = await behaving('stream: OK\0stream: Win.Test FOUND\0')
    await expect(ask()).rejects.toBeInstanceOf(ScannerAway)
  })

  const behaving = async (answer: string | null) => {
    const one = await falseClamd((socket) => {
      socket.on('data', (bytes: Buffer) => {
        if (answer === null) socket.destroy()
        else if (bytes.toString('latin1').includes('VERSION')) socket.end('ClamAV 1\0')
        else if (bytes.subarray(-4).equals(Buffer.alloc(4))) socket.end(answer)
      })
    })
    ;({ end } = one)
    return (bytes = Buffer.from('minutes')) => scan(one.address, reading(bytes), patience)
  }

  test.each([
    ['stream: OK\0', clean],
    ['stream: Win.Test FOUND\0', infected('Win.Test')],
    ['stream: Heuristics.Encrypted.PDF FOUND\0', { reason: 'encrypted', detail: null }],
    ['stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0', { reason: 'too_large', detail: null }],
    ['INSTREAM size limit exceeded. ERROR\0', { reason: 'too_large', detail: null }],
  ])('is understood when it says %j', async (answer, expected) => {
    expect(await (await behaving(answer))()).toEqual(expected)
  })

  test.each(['', 'stream: OK', 'stream: no room ERROR\0', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'OK\0', '\0'])(
    'is taken for nothing when it says %j',
    async (answer) => {
      await expect((await behaving(answer))()).rejects.toBeInstanceOf(ScannerAway)
    },
  )

  test('and says that all is well before it has seen all: it is not believed', async () => {
    const one = await falseClamd((socket) => socket.once('data', () => socket.end('stream: OK\0')))
    ;({ end } = one)
    const bytes = Buffer.alloc(4_000_000)
    await expect(scan(one.address, reading(bytes), patience)).rejects.toBeInstanceOf(ScannerAway)
  })

  test('and hangs up on each file that comes, while it answers questions: the file is more than it takes', async () => {
    const one = await falseClamd((socket) => {
      socket.on('data', (bytes: Buffer) => {
        if (bytes.toString('latin1').includes('VERSION')) socket.end('ClamAV 1\0')
        else socket.destroy()
      })
    })
    ;({ end } = one)
    expect(await scan(one.address, reading(Buffer.alloc(4_000_000)), patience)).toEqual({
      reason: 'too_large',
      detail: null,
    })
  })

  test('and hangs up on everything: nothing is known', async () => {
    await expect((await behaving(null))(Buffer.alloc(4_000_000))).rejects.toBeInstanceOf(ScannerAway)
  })

  test('bytes that cannot be read are no fault of the scanner', async () => {
    const one = await falseClamd(() => {})
    ;({ end } = one)
    const read = () => Promise.reject(new Error('the store is away'))
    await expect(scan(one.address, read, patience)).rejects.toThrow('the store is away')
  })
})

describe('the state of the scanner', () => {
  test('is "none" where none is set up, and it is asked nothing', async () => {
    const scanner = new Scanner({ clamd: null, withoutScanner: 'hold' })
    expect([await scanner.state(), await scanner.version(), await scanner.scan(reading(eicar))]).toEqual([
      'none',
      null,
      null,
    ])
  })

  test('is "away" while it does not answer, and "ready" as soon as it has', async () => {
    let isThere = false
    const one = await falseClamd((socket) =>
      socket.once('data', () => (isThere ? socket.end('ClamAV 1\0') : socket.destroy())),
    )
    const scanner = new Scanner({ clamd: one.address, withoutScanner: 'hold' }, patience)
    expect(await scanner.state()).toBe('away')
    isThere = true
    await scanner.version()
    expect(await scanner.state()).toBe('ready')
    one.end()
  })
})
