import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { addWords } from '@commonhall/kernel'
import { words } from '../words/en.ts'
import { commonPasswords } from './common-passwords.ts'
import { type PasswordOwner, passwordFault } from './policy.ts'
import { sayFault } from './say-fault.ts'

const owner: PasswordOwner = {
  email: 'rosa.parks@riverside.example',
  name: 'Rosa Parks',
  orgs: ['Riverside Homes', 'riverside'],
}
let common: ReadonlySet<string>

beforeAll(async () => {
  addWords('engine', words)
  common = await commonPasswords()
})

const codeOf = (password: string) => passwordFault(password, owner, common)?.code ?? 'fine'

describe('what is fine and what is not', () => {
  test.each([
    ['Blue-Kettle-42', 'fine', 'twelve of four classes'],
    ['Tr0ub4dor&3xy', 'fine', 'no word in any list'],
    ['correct horse battery staple', 'fine', 'a passphrase'],
    ['correcthorsebatterys', 'fine', 'exactly twenty small letters'],
    ['😀🐢🌻🚲🍎🎺🏔🧵🪁🥁🛶🧭🎈🍋🪴🧩🦉🌈⛵🔭', 'fine', 'twenty emoji'],
    ['дом у реки стоит давно', 'fine', 'other scripts'],
    ['Ünïcode-Word1', 'fine', 'letters with accents'],
    ['   Blue-Kettle-42   ', 'fine', 'spaces around it count'],
    ['x'.repeat(1000), 'fine', 'a thousand characters'],
    ['Aa1-'.repeat(16), 'fine', '64 characters'],
    ['', 'too_short', 'nothing'],
    ['Blue-Kett-4', 'too_short', 'eleven'],
    ['bluekettle42', 'too_plain', 'no capital, no sign'],
    ['BLUE-KETTLE-42', 'too_plain', 'no small letter'],
    ['Blue-Kettle-xx', 'too_plain', 'no digit'],
    ['correcthorsebattery', 'too_plain', 'nineteen of one kind'],
    ['Password123!', 'too_common', 'the usual trimmings'],
    ['!!Sunshine2026', 'too_common', 'trimmings on both sides'],
    ['Qwertyuiop1!', 'too_common', 'the first row of keys'],
    ['rosa.parks@riverside.example', 'too_personal', 'the address itself'],
    ['Rosa.Parks@Riverside.example1', 'too_personal', 'the address and a little'],
    ['RosaParks-1913', 'too_personal', 'the name and a year'],
    ['Riverside-2026!', 'too_personal', 'the org and a year'],
    ['RIVERSIDE-homes-1', 'too_personal', 'the org in other letters'],
    ['Riverside but the kettle is blue', 'fine', 'the org among other words'],
    ['x'.repeat(1001), 'too_long', 'a thousand and one'],
    ['Blue-Kettle-42\u0000', 'bad_characters', 'NUL'],
    ['Blue-Kettle-42\ud800', 'bad_characters', 'half a character'],
  ])('%j is %s: %s', (password, code) => {
    expect(codeOf(password)).toBe(code)
  })

  test('none of the ten thousand commonest passes', () => {
    expect(common.size).toBe(10_000)
    expect([...common].filter((password) => codeOf(password) === 'fine')).toEqual([])
  })

  test('every refusal is a sentence that says what to do', () => {
    for (const password of ['a', 'bluekettle42', 'Password123!', 'Riverside-2026!', 'x'.repeat(1001), '\u0000']) {
      const fault = passwordFault(password, owner, common)
      expect(fault && sayFault(fault)).toMatch(/^[A-Z][^{}]+[.]$/)
    }
    expect(sayFault(passwordFault('bluekettle42', owner, common)!)).toBe(
      'The password lacks a capital letter and a sign such as ! or -. ' +
        'Add it, or choose several words with 20 characters or more.',
    )
  })
})

describe('whatever somebody types', () => {
  const letters = fc.string({ unit: 'grapheme', minLength: 0, maxLength: 60 })
  const always = <Value>(values: fc.Arbitrary<Value>, check: (value: Value) => void) =>
    fc.assert(
      fc.property(values, (value) => {
        check(value)
      }),
    )

  test('it is judged the same however a keyboard composes its letters', () => {
    always(letters, (password) => expect(codeOf(password.normalize('NFD'))).toBe(codeOf(password.normalize('NFC'))))
  })

  test('nothing under twelve characters passes', () => {
    const short = letters.filter((password) => Array.from(password.normalize('NFKC')).length < 12)
    always(short, (password) => expect(codeOf(password)).toBe('too_short'))
  })

  test('small letters and spaces are enough when there are many', () => {
    const unit = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz '.split(''))
    const long = fc.string({ unit, minLength: 24, maxLength: 900 })
    always(long, (password) => expect(['fine', 'too_common', 'too_personal']).toContain(codeOf(password)))
  })

  test('under twenty characters each class is needed', () => {
    const signs: Readonly<Record<string, string>> = { upper: 'KQX', lower: 'vwz', digit: '739', special: '!-%' }
    const lacking = fc.tuple(fc.constantFrom(...Object.keys(signs)), fc.integer({ min: 12, max: 19 }))
    always(lacking, ([missing, length]) => {
      const kept = Object.keys(signs).filter((name) => name !== missing)
      const password = kept
        .map((name) => signs[name])
        .join('')
        .repeat(3)
        .slice(0, length)
      expect(codeOf(password)).toBe('too_plain')
    })
  })
})
