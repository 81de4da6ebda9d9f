import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Given } from '../../files/sandbox/task.ts'
import type { Frame } from '../frame.ts'
import type { PrintedLine } from '../printed.ts'
import { composed } from './composed.ts'
import { type Line, linesOf } from './lines.ts'
import { openTypesetter } from './typesetter.ts'

/** Tags for screen readers make a PDF ten times as large, and take time: a table of more lines goes without. */
export const mostTagged = 3000

const source = () => readFileSync(new URL('./table.typ', import.meta.url), 'utf8')

/** Makes a PDF of a table that came as lines of JSON; runs in the sandbox. Answers what the file is called. */
export async function run({ file, folder }: Given): Promise<string> {
  const { frame, lines } = readLines(file)
  const typesetter = await openTypesetter(folder)
  const tagged = lines.length <= mostTagged
  const printed = JSON.stringify(composed({ frame, lines, tagged }, typesetter))
  const name = 'printed.pdf'
  await writeFile(join(folder, name), typesetter.pdf(source(), { printed }, tagged))
  return name
}

function readLines(file: string): { frame: Frame; lines: Line[] } {
  const [first = '', ...rest] = readFileSync(file, 'utf8').split('\n')
  const frame = JSON.parse(first) as Frame
  return {
    frame,
    lines: linesOf(
      frame,
      rest.filter(Boolean).map((text) => JSON.parse(text) as PrintedLine),
    ),
  }
}
