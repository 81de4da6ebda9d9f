import { describe, expect, test } from 'vitest'
import { Evidence } from './evidence.ts'
import { guessMapping } from './guess.ts'
import { columnLetters, findHeader, headingWords } from './headings.ts'
import './index.ts'
import { changeMapping, type Mapping, missingTargets, signatureOf } from './mapping.ts'
import { cutSocialSecurity, saysSocialSecurity } from './social-security.ts'
import { knownHeadings, targetsOf } from './targets.ts'
import { fullName, person } from './testing/roll.ts'

const targets = targetsOf(person, [fullName])
const known = knownHeadings(targets)

/** Where each heading would go. */
const guessed = (headings: string[], sample: string[][] = []) =>
  guessMapping(person, targets, headings, sample).columns.map(({ to }) => to)

describe('the row of headings', () => {
  const find = (...rows: string[][]) => {
    const { above, present, headings } = findHeader(rows, known)
    return [above, present, headings.join('|')]
  }

  test.each([
    [
      'first',
      [
        ['Card No', 'Last name'],
        ['1', 'Ash'],
      ],
      [0, true, 'Card No|Last name'],
    ],
    ['under a title', [['Roll of 2026'], [''], ['Card No', 'Last name'], ['1', 'Ash']], [2, true, 'Card No|Last name']],
    [
      'of a list we do not know',
      [
        ['Widget', 'Sprocket'],
        ['a', 'b'],
      ],
      [0, true, 'Widget|Sprocket'],
    ],
    [
      'not there',
      [
        ['C-1', '1/5/1993'],
        ['C-2', '2/5/1993'],
      ],
      [0, false, 'Column A|Column B'],
    ],
    [
      'with a blank one, and blank ones behind',
      [['Card No', '', 'Phone', '', '']],
      [0, true, 'Card No|Column B|Phone'],
    ],
  ])('%s', (_name, rows, found) => expect(find(...rows)).toEqual(found))

  test('columns are called as spreadsheets call them', () =>
    expect([0, 25, 26, 701, 702].map(columnLetters)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']))

  test.each([
    ['CardNo', 'card'],
    ['E-mail Address', 'address email'],
    ['Tel. #', 'phone'],
    ['Date of Birth', 'birth'],
    ['Date', 'date'],
  ])('%s means %s', (heading, words) => expect(headingWords(heading).join(' ')).toBe(words))
})

describe('guesses', () => {
  test('by name, by other names, by words', () =>
    expect(guessed(['CARD_NO', 'Family Name', 'date of birth', 'Paid Thru', 'Telephone', 'Class', 'Hat size'])).toEqual(
      ['card_number', null, 'birth_on', 'paid_through_on', 'phone', 'classification', null],
    ))

  test('a field is filled once: the surest column has it', () =>
    expect(guessed(['Phone 2', 'Phone', 'Tel'])).toEqual([null, 'phone', null]))

  test('a whole name fills what separate columns do not', () => {
    expect(guessed(['Name', 'Card No'])).toEqual(['full_name', 'card_number'])
    expect(guessed(['Name', 'Last name', 'First name'])).toEqual(['full_name', null, null])
  })

  test('by values, where the heading says nothing', () =>
    expect(
      guessed(
        ['Contact', 'Flag'],
        [
          ['a@b.org', 'active'],
          ['c@d.org', 'Retired'],
          ['e@f.org', 'ACTIVE'],
        ],
      ),
    ).toEqual(['email', 'state']))

  test('values can speak against a heading: a state may be a place', () =>
    expect(guessed(['State'], [['WA'], ['MN'], ['VT'], ['RI']])).toEqual([null]))

  test('people on a list from elsewhere are active, unless a column says more', () => {
    expect(guessMapping(person, targets, ['Card No'], []).constants).toEqual({ state: 'active' })
    expect(guessMapping(person, targets, ['State'], []).constants).toEqual({})
  })
})

describe('dates and numbers of a whole file', () => {
  const see = (...cells: string[]) => {
    const evidence = new Evidence()
    for (const cell of cells) evidence.see(cell)
    return [evidence.dateOrder, evidence.dateOrderCertain, evidence.decimalMark]
  }

  test.each([
    [
      ['1/5/1993', '1/25/1993'],
      ['mdy', true, '.'],
    ],
    [
      ['1/5/1993', '25/1/1993'],
      ['dmy', true, '.'],
    ],
    [
      ['1/5/1993', '2/5/1993'],
      ['mdy', false, '.'],
    ],
    [
      ['1/25/1993', '25/1/1993', '26/1/1993'],
      ['dmy', false, '.'],
    ],
    [
      ['1993-05-01', '00/00/0000', '13/45/1961'],
      ['ymd', true, '.'],
    ],
    [
      ['1993-05-01', '1.234,56', '12,50', '3.50'],
      ['ymd', true, ','],
    ],
    [[], ['mdy', true, '.']],
  ])('%j', (cells, found) => expect(see(...cells)).toEqual(found))
})

describe('mappings', () => {
  const mapping: Mapping = {
    columns: [
      { heading: 'Nr', to: null },
      { heading: 'Name', to: 'full_name' },
    ],
    constants: { state: 'active' },
  }
  const change = (columns: Record<string, string | null>, constants = {}) =>
    changeMapping(person, targets, mapping, { columns, constants })

  test('what a person asks for takes the field from a guess', () => {
    expect(change({ nr: 'last_name' }).columns.map(({ to }) => to)).toEqual(['last_name', null])
    expect(change({ Nr: 'state' }).constants).toEqual({})
    expect(change({}, { state: null }).constants).toEqual({})
  })

  test('what nothing fills is told', () => {
    expect(missingTargets(person, targets, mapping).map(({ to }) => to)).toEqual(['card_number'])
    expect(missingTargets(person, targets, change({ Nr: 'card_number' }))).toEqual([])
  })

  test('files of one make have one signature, however they are spelled', () => {
    expect(signatureOf(['Card No', 'Name'])).toBe(signatureOf(['CARD NO.', 'name']))
    expect(signatureOf(['Name', 'Card No'])).not.toBe(signatureOf(['Card No', 'Name']))
  })
})

describe('social security numbers', () => {
  test.each(['SSN', 'S.S.N.', 'SS#', 'Social Security No', 'Soc Sec', 'soc_sec_no', 'Social', 'Member SSN'])(
    '%s says it',
    (one) => expect(saysSocialSecurity(one)).toBe(true),
  )

  test.each(['Social media', 'Society', 'Lesson', 'Class', 'Passport'])('%s does not', (one) =>
    expect(saysSocialSecurity(one)).toBe(false),
  )

  test.each([
    ['123-45-6789', false, '6789'],
    ['his is 123-45-6789, hers 987–65–4321', false, 'his is 6789, hers 4321'],
    ['XXX-XX-6789', false, '6789'],
    ['20515-0526', false, '20515-0526'],
    ['202-224-3441', false, '202-224-3441'],
    ['1123-45-67890', false, '1123-45-67890'],
    ['123456789', false, '123456789'],
    ['123456789', true, '6789'],
    ['123 45 6789', true, '6789'],
    ['12345678', true, '5678'],
    ['***-**-6789', true, '6789'],
    ['6789', true, '6789'],
    ['unknown', true, 'unknown'],
  ])('%s (labelled: %s) → %s', (cell, labelled, cut) => expect(cutSocialSecurity(cell, labelled)).toBe(cut))
})
