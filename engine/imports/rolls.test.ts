import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { writeXlsx } from '../sheets/index.ts'
import { guessMapping } from './guess.ts'
import './index.ts'
import { makePlan, readRow } from './read-row.ts'
import { isBlankRow, openFile } from './reader.ts'
import { targetsOf } from './targets.ts'
import { fullName, person } from './testing/roll.ts'

const roll = (name: string) => createReadStream(`${import.meta.dirname}/../../test/rolls/${name}`)

/** Reads a whole file as an import would, without a database. */
async function readAll(bytes: AsyncIterable<Uint8Array>) {
  const file = await openFile(bytes, person, [fullName])
  const mapping = guessMapping(person, targetsOf(person, [fullName]), file.headings, file.sample)
  const rows = await Array.fromAsync(file.rows())
  const hints = { dateOrder: file.evidence.dateOrder, decimalMark: file.evidence.decimalMark }
  const plan = makePlan(person, [fullName], mapping, { ragged: file.ragged, hints })
  const records = rows
    .filter(({ cells }) => !isBlankRow(cells))
    .map(({ row, cells }) => ({ row, ...readRow(plan, cells) }))
  const good = records.flatMap((one) =>
    one.ok ? [{ row: one.row, ...Object.fromEntries(plan.names.map((name, i) => [name, one.values[i]])) }] : [],
  )
  const bad = records.flatMap((one) => (one.ok ? [] : one.faults.map((fault) => ({ row: one.row, ...fault }))))
  return { file, mapping, rows, good, bad }
}

const mapped = (mapping: { columns: readonly { heading: string; to: string | null }[] }) =>
  Object.fromEntries(mapping.columns.map(({ heading, to }) => [heading, to]))

describe('the clean roll', () => {
  test('is recognized, and every record is read', async () => {
    const { file, mapping, good, bad } = await readAll(roll('roll-clean.csv'))
    expect(file).toMatchObject({ format: 'csv', delimiter: ',', headerRow: 1 })
    expect(file.encoding()).toBe('utf-8')
    expect(file.evidence.dateOrder).toBe('ymd')
    expect(mapped(mapping)).toEqual({
      'Card No': 'card_number',
      'Last Name': 'last_name',
      'First Name': 'first_name',
      Middle: 'middle_name',
      Suffix: 'suffix',
      'Goes By': 'preferred_name',
      'Birth Date': 'birth_on',
      Sex: 'gender',
      Phone: 'phone',
      Address: 'address',
      Chapter: 'chapter',
      Class: 'classification',
      Joined: 'joined_on',
      'Paid Through': 'paid_through_on',
      Web: null,
    })
    expect(mapping.constants).toEqual({ state: 'active' })
    expect(bad).toEqual([])
    expect(good).toHaveLength(537)
    expect(good.find((one) => 'card_number' in one && one.card_number === 'M001239')).toMatchObject({
      row: 520,
      last_name: 'McGuire',
      suffix: 'III',
      middle_name: 'J.',
      birth_on: '1968-08-24',
      state: 'active',
    })
  })
})

describe('the messy roll', () => {
  test('is recognized', async () => {
    const { file, mapping } = await readAll(roll('roll-messy.csv'))
    expect(file).toMatchObject({ format: 'csv', delimiter: ';', headerRow: 1 })
    expect(file.encoding()).toBe('windows-1252')
    expect(file.evidence).toMatchObject({ dateOrder: 'mdy', dateOrderCertain: true })
    expect(mapped(mapping)).toEqual({
      CardNo: 'card_number',
      Name: 'full_name',
      DOB: 'birth_on',
      Tel: 'phone',
      Addr: 'address',
      Cl: 'classification',
      'Init Date': 'joined_on',
      'Paid Thru': 'paid_through_on',
    })
  })

  test('loses no row, and names each fault that a file alone can show', async () => {
    const { rows, good, bad } = await readAll(roll('roll-messy.csv'))
    expect(rows).toHaveLength(541)
    expect(good.length + new Set(bad.map(({ row }) => row)).size).toBe(540)
    expect(bad.map(({ row, column, value }) => [row, column, value])).toEqual([
      [82, 'DOB', '13/45/1961'],
      [92, 'DOB', '00/00/0000'],
      [103, 'Name', ''],
      [122, 'CardNo', ''],
      [135, 'Init Date', '2/30/2011'],
      [152, null, null],
      [173, null, null],
      [202, 'Name', "=cmd|' /C calc'!A0, Robert"],
      [542, null, null],
    ])
    expect(bad[0]!.message).toBe('Birth on is not a day that exists. Check the month and the day.')
    expect(bad[2]!.message).toBe('Name is needed.')
    expect(bad.at(-1)!.message).toContain('total line')
  })

  test('keeps accents, quoted delimiters and line breaks', async () => {
    const { good } = await readAll(roll('roll-messy.csv'))
    expect(good.find(({ row }) => row === 224)).toMatchObject({ address: '12 "Quoted" Street; Apt 4, Second line' })
    expect(good.some((one) => JSON.stringify(one).includes('LUJÁN'))).toBe(true)
  })

  test('is read the same from a spreadsheet', async () => {
    const { rows } = await readAll(roll('roll-messy.csv'))
    const { file } = await readAll(roll('roll-messy.csv'))
    // A sheet is as wide as its widest row.
    const width = Math.max(...rows.map(({ cells }) => cells.length))
    const columns = Array.from({ length: width }, (_, at) => ({ heading: file.headings[at] ?? '', kind: 'text' }))
    const book = await readAll(
      writeXlsx(
        columns,
        rows.map(({ cells }) => cells),
      ),
    )
    expect(book.file).toMatchObject({ format: 'xlsx', headerRow: 1 })
    // A spreadsheet has no short rows, and a formula that was made harmless is text.
    expect([...new Set(book.bad.map(({ row }) => row))]).toEqual([82, 92, 103, 122, 135, 173, 542])
  })
})

describe('social security numbers', () => {
  test('are cut to four digits before anything else sees them', async () => {
    const text =
      'Member No,Last name,First name,SSN,Remarks\n' +
      '1,A,B,123456789,was 987-65-4321 before\n2,C,D,078-05-1120,x\n3,E,F,***-**-4444,'
    const { file, rows } = await readAll(Readable.from([Buffer.from(text)]))
    expect(rows.map(({ cells }) => cells.slice(3))).toEqual([
      ['6789', 'was 4321 before'],
      ['1120', 'x'],
      ['4444', ''],
    ])
    expect(JSON.stringify(file.sample)).not.toMatch(/123456789|078-05|987-65/)
  })
})
