import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanName } from './file-name.ts'

describe('the name of a file', () => {
  test.each([
    ['minutes.pdf', 'minutes.pdf'],
    ['C:\\fakepath\\Lease 4B.pdf', 'Lease 4B.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['/', 'file'],
    ['', 'file'],
    ['...', 'file'],
    ['.htaccess', 'htaccess'],
    ['  . .photo.jpg . ', 'photo.jpg'],
    ['invoice.pdf\0.exe', 'invoice.pdf.exe'],
    ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
    ['a\u200B\uFEFFb\u2066c.txt', 'abc.txt'],
    ['line one\r\nline two.txt', 'line one line two.txt'],
    ['tab\tand\u00A0hard\u2003spaces.txt', 'tab and hard spaces.txt'],
    ['Cafe\u0301.pdf', 'Caf\u00E9.pdf'],
    ['what? <b>"now"|*.txt', 'what- -b--now---.txt'],
    ['CON', '_CON'],
    ['con.pdf', '_con.pdf'],
    ['Lpt1 .txt', '_Lpt1 .txt'],
    ['COM¹.txt', '_COM¹.txt'],
    ['Constitution.pdf', 'Constitution.pdf'],
    ['\uD800lone.txt', '\uFFFDlone.txt'],
    ['会议记录.docx', '会议记录.docx'],
    [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(251)}.pdf`],
    ['😀'.repeat(300), '😀'.repeat(255)],
  ])('%j is kept as %j', (given, kept) => expect(cleanName(given)).toBe(kept))
})

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 400 }),
  fc.string({
    unit: fc.constantFrom('.', ' ', '/', '\\', '\0', '\u202E', 'a', 'CON', '\u0301', '.pdf'),
    maxLength: 400,
  }),
)

test('any name becomes short, visible, of no folder, and stays as it is from then on', () => {
  fc.assert(
    fc.property(anything, (given) => {
      const name = cleanName(given)
      expect([...name].length).toBeLessThanOrEqual(255)
      expect(name).not.toMatch(/[/\\<>:"|?*]|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
      expect(name).not.toMatch(/^[ .]|[ .]$|^$/)
      expect(name.isWellFormed()).toBe(true)
      expect(name.normalize('NFC')).toBe(name)
      expect(cleanName(name)).toBe(name)
    }),
    { numRuns: 2000 },
  )
})

test('a name keeps its ending however long it is', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z]{1,300}$/), fc.constantFrom('pdf', 'jpeg', 'docx'), (base, ending) => {
      expect(cleanName(`${base}.${ending}`)).toMatch(new RegExp(`\\.${ending}$`))
    }),
  )
})
