import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { pagesOf } from '../testing/read-pdf.ts'
import { openPortable, openTypesetter } from './typesetter.ts'

const source =
  '#set text(font: "Source Sans 3"); #context [#metadata(measure("8").width.pt()) <found>] #sys.inputs.said'

test('the typesetter that runs anywhere says and sets the same', async () => {
  const inputs = { said: 'Zoë #Quiñones' }
  const [first, portable] = [await openTypesetter(tmpdir()), await openPortable()]
  expect(portable.query(source, inputs)).toBe(first.query(source, inputs))
  const [one, other] = [first.pdf(source, inputs, true), portable.pdf(source, inputs, true)]
  expect(await pagesOf(other)).toEqual(await pagesOf(one))
  expect((await pagesOf(other))[0]).toContain('Zoë #Quiñones')
})

test.each(['#read("/etc/hostname")', '#import "@preview/cetz:0.3.1"'])(
  'the typesetter that runs anywhere sees no file and no network: %s',
  async (asked) => {
    const portable = await openPortable()
    expect(() => portable.pdf(asked, {}, true)).toThrow('Typst could not set it.')
  },
)
