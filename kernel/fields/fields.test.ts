import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareDecimals, type Field, field, kindOf, parseRecord } from '../index.ts'

const parse = (declared: Field, input: unknown) => {
  const parsed = kindOf(declared).parse(input, declared)
  return parsed.ok ? parsed.value : parsed.code
}
const read = (declared: Field, text: string, hints = {}) => {
  const parsed = kindOf(declared).read(text, declared, hints)
  return parsed.ok ? parsed.value : parsed.code
}

describe('what a request may send', () => {
  test.each<[string, Field, unknown, unknown]>([
    ['text is trimmed', field.text(), '  Jo  ', 'Jo'],
    ['text of 200 emoji fits in 200', field.text(), '🏠'.repeat(200), '🏠'.repeat(200)],
    ['201 do not', field.text(), '🏠'.repeat(201), 'too_long'],
    ['text is no number', field.text(), 5, 'not_text'],
    ['text is one line', field.text(), 'a\nb', 'not_one_line'],
    ['text has a least length', field.text({ min: 3 }), 'ab', 'too_short'],
    ['NUL cannot be stored', field.text(), 'a\u0000', 'bad_characters'],
    ['half a pair cannot be stored', field.text(), '\udc00', 'bad_characters'],
    ['long text has lines', field.longText(), 'a\nb', 'a\nb'],
    ['long text ends', field.longText({ max: 5 }), 'abcdef', 'too_long'],
    ['an e-mail', field.text({ format: 'email' }), 'jo@example.org', 'jo@example.org'],
    ['no e-mail', field.text({ format: 'email' }), 'jo@example', 'not_email'],
    ['a phone with extension', field.text({ format: 'phone' }), '(202) 555-0123 x45', '(202) 555-0123 x45'],
    ['no phone', field.text({ format: 'phone' }), 'call me', 'not_phone'],
    ['a web address', field.text({ format: 'url' }), 'https://example.org/a', 'https://example.org/a'],
    ['no script', field.text({ format: 'url' }), 'javascript:alert(1)', 'not_url'],
    ['four digits', field.text({ format: 'last-four' }), '0042', '0042'],
    ['no more', field.text({ format: 'last-four' }), '123-45-6789', 'not_last_four'],
    ['a choice', field.choice(['a', 'b']), 'a', 'a'],
    ['no other', field.choice(['a', 'b']), 'A', 'not_a_choice'],
    ['money', field.money(), '12.5', '12.50'],
    ['money in full', field.money(), '0012.500', '12.50'],
    ['money below zero', field.money(), '-0.01', '-0.01'],
    ['no negative zero', field.money(), '-0.00', '0.00'],
    ['money with a bare point', field.money(), '.5', '0.50'],
    ['no third digit', field.money(), '1.005', 'too_many_decimals'],
    ['no float', field.money(), 12.5, 'not_a_decimal_string'],
    ['no exponent', field.money(), '1e3', 'not_a_number'],
    ['no point alone', field.money(), '.', 'not_a_number'],
    ['no separator', field.money(), '1,000', 'not_a_number'],
    ['at most what fits', field.money(), '99999999999999', 'too_large'],
    ['at least', field.money({ min: '0' }), '-0.01', 'too_small'],
    ['at most', field.money({ max: '10' }), '10.01', 'too_great'],
    ['a rate', field.money({ decimals: 4 }), '1.2345', '1.2345'],
    ['a rate has less room', field.money({ decimals: 4 }), '123456789012', 'too_large'],
    ['hours', field.hours(), '7.75', '7.75'],
    ['percent', field.percent(), '12.5', '12.50'],
    ['a count', field.count(), 3, 3],
    ['no part of one', field.count(), 1.5, 'not_a_count'],
    ['no text', field.count(), '3', 'not_a_count'],
    ['not below zero', field.count(), -1, 'too_small'],
    ['unless it may', field.count({ min: -2 }), -1, -1],
    ['not beyond the column', field.count(), 2 ** 31, 'too_great'],
    ['a day', field.date(), '2024-02-29', '2024-02-29'],
    ['no such day', field.date(), '2023-02-29', 'no_such_date'],
    ['no month 13', field.date(), '2023-13-01', 'no_such_date'],
    ['no day 0', field.date(), '2023-01-00', 'no_such_date'],
    ['no instant', field.date(), '2023-01-01T00:00:00Z', 'not_a_date'],
    ['not the year 50', field.date(), '0050-01-01', 'date_out_of_range'],
    ['a birth is past', field.date({ past: true }), '2199-01-01', 'date_in_future'],
    ['a moment', field.instant(), '2025-01-01T12:00:00+02:00', '2025-01-01T10:00:00.000Z'],
    ['a moment to the microsecond', field.instant(), '2025-01-01T10:00:00.123456789Z', '2025-01-01T10:00:00.123456Z'],
    ['no moment without a zone', field.instant(), '2025-01-01T10:00:00', 'not_an_instant'],
    ['no hour 25', field.instant(), '2025-01-01T25:00:00Z', 'not_an_instant'],
    ['not the year 0', field.instant(), '0000-01-01T00:00:00Z', 'date_out_of_range'],
    ['yes', field.yesNo(), true, true],
    ['not yes as text', field.yesNo(), 'true', 'not_yes_or_no'],
    ['an id', field.ref(), 'A0000000-0000-7000-8000-00000000000F', 'a0000000-0000-7000-8000-00000000000f'],
    ['no id', field.ref(), '{a0000000-0000-7000-8000-00000000000f}', 'not_a_reference'],
    ['any JSON', field.json(), { a: [1, null] }, { a: [1, null] }],
    ['no NUL in JSON', field.json(), { a: '\u0000' }, 'bad_characters'],
    ['no half pair in a name', field.json(), { '\ud800': 1 }, 'bad_characters'],
    ['a backslash and u0000 as text', field.json(), '\\u0000', '\\u0000'],
    ['no endless depth', field.json(), JSON.parse('['.repeat(60) + ']'.repeat(60)), 'too_deep'],
  ])('%s', (_what, declared, input, wanted) => expect(parse(declared, input)).toEqual(wanted))
})

describe('what a person writes in a file', () => {
  test.each<[string, Field, string, unknown, object?]>([
    ['money with signs', field.money(), ' $1,234.50 ', '1234.50'],
    ['money owed', field.money(), '(1,234.50)', '-1234.50'],
    ['a trailing minus', field.money(), '12.50-', '-12.50'],
    ['money with a comma', field.money(), '1.234,50', '1234.50', { decimalMark: ',' }],
    ['percent', field.percent(), '12.5 %', '12.50'],
    ['a count with separators', field.count(), '1,200', 1200],
    ["a spreadsheet's month first", field.date(), '3/4/2020', '2020-03-04'],
    ['day first', field.date(), '3/4/2020', '2020-04-03', { dateOrder: 'dmy' }],
    ['with dots', field.date(), '03.04.2020', '2020-04-03', { dateOrder: 'dmy' }],
    ['a named month', field.date(), '4 Mar 2020', '2020-03-04'],
    ['a named month first', field.date(), 'March 4, 2020', '2020-03-04'],
    ['midnight that nobody wrote', field.date(), '3/4/2020 0:00:00', '2020-03-04'],
    ['a birth in two figures', field.date({ past: true }), '1/2/68', '1968-01-02'],
    ['compact ISO', field.date(), '2020-3-4', '2020-03-04'],
    ['nonsense', field.date(), 'soon', 'not_a_date'],
    ['yes', field.yesNo(), ' Yes ', true],
    ["Access's yes", field.yesNo(), '-1', true],
    ['no', field.yesNo(), 'N', false],
    ['maybe', field.yesNo(), 'maybe', 'not_yes_or_no'],
    ['a choice by any spelling', field.choice(['on_leave', 'active']), 'On Leave', 'on_leave'],
    ['a line break in an address', field.text(), '1 Mill Rd\r\nApt 2', '1 Mill Rd, Apt 2'],
  ])('%s', (_what, declared, text, wanted, hints = {}) => expect(read(declared, text, hints)).toEqual(wanted))
})

const decimal = fc.tuple(fc.bigInt(-(10n ** 15n) + 1n, 10n ** 15n - 1n)).map(([units]) => {
  const digits = String(units < 0n ? -units : units).padStart(3, '0')
  return `${units < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
})
const day = fc.date({
  min: new Date('1800-01-01T00:00:00Z'),
  max: new Date('2200-12-31T00:00:00Z'),
  noInvalidDate: true,
})
const anyField = fc.constantFrom<Field>(
  field.text(),
  field.longText(),
  field.choice(['a', 'b']),
  field.money(),
  field.money({ decimals: 4 }),
  field.count(),
  field.hours(),
  field.percent(),
  field.date(),
  field.instant(),
  field.yesNo(),
  field.ref(),
  field.json(),
  field.text({ format: 'email' }),
  field.text({ format: 'phone' }),
  field.text({ format: 'url' }),
)

describe('always', () => {
  test('what was accepted is accepted again, unchanged', () => {
    const input = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.jsonValue(),
      decimal,
      day.map((one) => one.toISOString()),
      day.map((one) => one.toISOString().slice(0, 10)),
      fc.uuid(),
      fc.integer(),
    )
    fc.assert(
      fc.property(anyField, input, (declared, given) => {
        const once = kindOf(declared).parse(given, declared)
        if (once.ok) expect(kindOf(declared).parse(once.value, declared)).toEqual(once)
        else expect(once.code).toMatch(/^[a-z_]+$/)
      }),
      { numRuns: 2000 },
    )
  })

  test('reading never throws, and what is read could be sent', () => {
    fc.assert(
      fc.property(
        anyField,
        fc.oneof(
          fc.string({ unit: 'binary' }),
          decimal,
          fc.constantFrom('$ -', '()', '1/1/1', '31/12/99', '٣', '1-', '--1'),
        ),
        (declared, text) => {
          const once = kindOf(declared).read(text, declared, {})
          if (once.ok) expect(kindOf(declared).parse(once.value, declared)).toEqual(once)
        },
      ),
      { numRuns: 2000 },
    )
  })

  test('money survives to the last digit, however large: it is never a float', () => {
    fc.assert(
      fc.property(decimal, (text) => {
        expect(parse(field.money(), text)).toBe(text === '-0.00' ? '0.00' : text)
      }),
    )
  })

  test('decimals compare as numbers do', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (a, b) => {
        const text = (n: number) =>
          `${n < 0 ? '-' : ''}${Math.floor(Math.abs(n) / 100)}.${String(Math.abs(n) % 100).padStart(2, '0')}`
        expect(Math.sign(compareDecimals(text(a), text(b)))).toBe(Math.sign(a - b))
      }),
    )
  })

  test('a calendar day is the same day on the way in and out', () => {
    fc.assert(
      fc.property(day, (one) => {
        const text = one.toISOString().slice(0, 10)
        expect(parse(field.date(), text)).toBe(text)
      }),
    )
  })

  test('a million characters are judged in a moment', () => {
    const started = performance.now()
    for (const text of [
      '0'.repeat(1_000_000),
      `${'0'.repeat(1_000_000)}x`,
      '-'.repeat(1_000_000),
      '('.repeat(1_000_000),
      'a@'.repeat(500_000),
    ]) {
      for (const declared of [
        field.money(),
        field.date(),
        field.instant(),
        field.text({ format: 'email' }),
        field.text({ format: 'phone' }),
        field.text({ format: 'url' }),
        field.ref(),
      ])
        parse(declared, text)
    }
    expect(performance.now() - started).toBeLessThan(5000)
  })
})

describe('a record', () => {
  const fields = {
    name: field.text({ required: true }),
    state: field.choice(['new', 'old'], { required: true, default: 'new' }),
    on: field.date({ default: 'today' }),
    made: field.text({ computed: true }),
    fixed: field.text({ immutable: true }),
  }

  test('gets its defaults when it is made, and not when it is changed', () => {
    expect(parseRecord(fields, { name: 'a' }, { today: '2026-03-31' })).toEqual({
      ok: true,
      values: { name: 'a', state: 'new', on: '2026-03-31', fixed: null },
    })
    expect(parseRecord(fields, { name: 'b' }, { partial: true })).toEqual({ ok: true, values: { name: 'b' } })
    expect(parseRecord(fields, {}, { partial: true })).toEqual({ ok: true, values: {} })
  })

  test('is refused with every fault, each under its field', () => {
    const codes = (input: unknown, partial = false) => {
      const parsed = parseRecord(fields, input, { partial })
      return parsed.ok ? [] : parsed.errors.map(({ path, code }) => `${path}:${code}`)
    }
    expect(codes({ made: 'x', extra: 1, state: 'odd' })).toEqual([
      'made:computed',
      'extra:unknown_field',
      'name:required',
      'state:not_a_choice',
    ])
    expect(codes({ fixed: 'y', name: null }, true)).toEqual(['fixed:immutable', 'name:required'])
    expect(codes(null)).toEqual([':not_an_object'])
    expect(codes(JSON.parse('{"__proto__": 1, "name": "a"}'))).toEqual(['__proto__:unknown_field'])
    expect(codes({ name: 'a', constructor: 1 })).toEqual(['constructor:unknown_field'])
  })

  test('takes nothing from its prototype', () => {
    expect(parseRecord(fields, Object.create({ name: 'inherited' }))).toMatchObject({ ok: false })
  })
})
