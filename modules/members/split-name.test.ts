import { describe, expect, test } from 'vitest'
import { properCase } from './proper-case.ts'
import { splitName } from './split-name.ts'

describe('a name in one column', () => {
  test.each([
    ['CANTWELL, Maria', 'Cantwell', 'Maria', '', ''],
    ['KLOBUCHAR, Amy Jean', 'Klobuchar', 'Amy', 'Jean', ''],
    ['MCCONNELL, Mitch', 'McConnell', 'Mitch', '', ''],
    ['SÁNCHEZ, Linda T.', 'Sánchez', 'Linda', 'T.', ''],
    ['OCASIO-CORTEZ, Alexandria', 'Ocasio-Cortez', 'Alexandria', '', ''],
    ['DE LA CRUZ, Monica', 'De La Cruz', 'Monica', '', ''],
    ['VAN HOLLEN, Chris', 'Van Hollen', 'Chris', '', ''],
    ["O'BRIEN, JOHN TJ", "O'Brien", 'John', 'TJ', ''],
    ['Justice, James (Jim) Conley II', 'Justice', 'James (Jim)', 'Conley', 'II'],
    ['KEAN JR., Thomas Howard', 'Kean', 'Thomas', 'Howard', 'Jr.'],
    ['KEAN, JR., THOMAS HOWARD', 'Kean', 'Thomas', 'Howard', 'Jr.'],
    ['KEAN, Thomas H., jr', 'Kean', 'Thomas', 'H.', 'Jr'],
    ['Bernard Sanders', 'Sanders', 'Bernard', '', ''],
    ['Maria de la Cruz', 'de la Cruz', 'Maria', '', ''],
    ['Nicholas Joseph Begich III', 'Begich', 'Nicholas', 'Joseph', 'III'],
    ['Cher', 'Cher', '', '', ''],
    ['SMITH,', 'Smith', '', '', ''],
    ['', '', '', '', ''],
    ['   ', '', '', '', ''],
  ])('%s', (text, last, first, middle, suffix) => {
    expect(splitName(text)).toEqual({ last_name: last, first_name: first, middle_name: middle, suffix })
  })

  test('loses no letter of the name, whatever its form', () => {
    for (const name of ['A, B, C, D', 'Jr.', 'van', 'Jr, Jr', '(x) "y"', 'LEE, LEE LEE LEE']) {
      const letters = (text: string) =>
        Array.from(text.toLowerCase().replace(/[^\p{L}]/gu, ''))
          .sort()
          .join('')
      expect(letters(Object.values(splitName(name)).join(' '))).toBe(letters(name))
    }
  })
})

describe('capitals', () => {
  test.each([
    ['MACDONALD', 'MacDonald'],
    ['MACIAS', 'Macias'],
    ['MACK', 'Mack'],
    ['MC', 'Mc'],
    ['D’ANGELO', 'D’Angelo'],
    ["WOMEN'S", "Women's"],
    ['DeGette', 'DeGette'],
    ['ST. CLAIR', 'St. Clair'],
    ['ÑUÑEZ-ÉVORA', 'Ñuñez-Évora'],
  ])('%s becomes %s', (capitals, proper) => expect(properCase(capitals)).toBe(proper))
})
