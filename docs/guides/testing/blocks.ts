import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface Block {
  readonly file: string
  readonly text: string
  /** Lines that go into a file of an earlier guide. */
  readonly adds: boolean
  /** Lines that stand in place of those that begin alike; others follow them. */
  readonly changes: boolean
}

/** The code of a guide that says into which file of the module it goes. */
export function blocksOf(guide: string): Block[] {
  const text = readFileSync(join('docs/guides', guide), 'utf8')
  const fences = [...text.matchAll(/^```tsx? tools\/(\S+)(?: \((add|change)\))?\n([\s\S]*?)^```$/gm)]
  return fences.map(([, file = '', how, code = '']) => {
    return { file, text: code, adds: how === 'add', changes: how === 'change' }
  })
}

/** Puts lines where a reader would: imports on top, the rest before the closing brace. */
function added(before: string, lines: string): string {
  const all = lines.split('\n').filter(Boolean)
  const imports = all.filter((line) => line.startsWith('import'))
  const rest = all.filter((line) => !line.startsWith('import'))
  const end = before.lastIndexOf('\n}')
  return [...imports, before.slice(0, end), ...rest, before.slice(end + 1)].join('\n')
}

/** Puts each line where one begins with the same word, or behind the line before it. */
function changed(before: string, lines: string): string {
  const all = before.split('\n')
  let at = all.length
  for (const line of lines.split('\n').filter(Boolean)) {
    const [start = line] = /^ *\w+:/.exec(line) ?? []
    const found = all.findIndex((one) => one.startsWith(start))
    all.splice(found < 0 ? at : found, found < 0 ? 0 : 1, line)
    at = (found < 0 ? at : found) + 1
  }
  return all.join('\n')
}

export function write(folder: string, blocks: readonly Block[]): void {
  for (const { file, text, adds, changes } of blocks) {
    const path = join(folder, file)
    mkdirSync(dirname(path), { recursive: true })
    const before = adds || changes ? readFileSync(path, 'utf8') : ''
    writeFileSync(path, changes ? changed(before, text) : adds ? added(before, text) : text)
  }
}

/** Whether it needs what another block makes. */
export const isPatch = ({ adds, changes }: Block) => adds || changes
