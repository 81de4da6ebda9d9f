import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanName } from '../file-name.ts'
import { attachment } from './disposition.ts'

/** Any characters at all, halves of pairs too. */
const anyText = fc
  .array(fc.oneof(fc.nat(0x10ffff), fc.nat(0x250)), { maxLength: 40 })
  .map((codes) => String.fromCodePoint(...codes))

describe('the header under which a file is saved', () => {
  test.each([
    ['minutes.pdf', `attachment; filename="minutes.pdf"; filename*=UTF-8''minutes.pdf`],
    ['Zürich.pdf', `attachment; filename="Zurich.pdf"; filename*=UTF-8''Z%C3%BCrich.pdf`],
    ['会議.pdf', `attachment; filename="__.pdf"; filename*=UTF-8''%E4%BC%9A%E8%AD%B0.pdf`],
    ["it's (50%)*.txt", `attachment; filename="it's (50_)-.txt"; filename*=UTF-8''it%27s%20%2850%25%29-.txt`],
    ['＂.png', `attachment; filename="_.png"; filename*=UTF-8''%EF%BC%82.png`],
    ['🎉.png', `attachment; filename="_.png"; filename*=UTF-8''%F0%9F%8E%89.png`],
  ])('%j', (name, header) => expect(attachment(name)).toBe(header))

  test('is one header of plain characters for whatever name, and says the name', () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const [, ascii = '', whole = ''] =
          /^attachment; filename="([^"\\]*)"; filename\*=UTF-8''([\w.%~#$&+^`|-]*)$/.exec(attachment(name)) ?? []
        expect(ascii).toMatch(/^[ -~]+$/)
        expect(decodeURIComponent(whole)).toBe(cleanName(name))
      }),
    )
  })
})
