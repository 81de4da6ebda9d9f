import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import { parseSync } from 'oxc-parser'

/** A node of a syntax tree: a type, a place, and whatever that type carries. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

export interface SourceFile {
  readonly path: string
  readonly text: string
  /** What the file imports or exports from elsewhere, as written. */
  readonly imports: readonly string[]
  /** Undefined for files that are not TypeScript or JavaScript. */
  readonly tree?: Node
}

/** Everything that the walls look at. A test can build a small bad one. */
export type House = readonly SourceFile[]

/** A rule of the house: what it finds wrong, one line each, starting with the file. */
export type Wall = (house: House) => string[]

const passedBy = [
  'node_modules',
  'data',
  'dist',
  'coverage',
  'test-results',
  '.git',
  '.install.lock',
  'package-lock.json',
]
const looked = /\.(ts|tsx|mjs|js|sql|typ|css|html|json|md|yml|yaml|sh)$|^[^.]+$/

/** The files of this checkout. */
export const readHouse = (dir = ''): House =>
  readdirSync(dir || '.', { withFileTypes: true }).flatMap((entry) => {
    if (passedBy.includes(entry.name)) return []
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return readHouse(path)
    return entry.isFile() && looked.test(entry.name) ? [source(path, readFileSync(path, 'utf8'))] : []
  })

/** A house of a few files, for proving that a wall stands. */
export const smallHouse = (files: Readonly<Record<string, string>>): House =>
  Object.entries(files).map(([path, text]) => source(path, text))

function source(path: string, text: string): SourceFile {
  if (!/\.(ts|tsx|mjs|js)$/.test(path)) return { path, text, imports: [] }
  const { module, program } = parseSync(path, text)
  const tree = program as unknown as Node
  const requests = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) => one.entries).map((entry) => entry.moduleRequest?.value),
    ...find(tree, 'ImportExpression').map((node) => textOf(node['source'])),
  ]
  return { path, text, tree, imports: [...new Set(requests.filter((request) => request !== undefined))] }
}

/** The value of a string literal or of a template without holes. */
export function textOf(node: unknown): string | undefined {
  const { type, value, quasis } = (node ?? {}) as {
    type?: string
    value?: unknown
    quasis?: { value: { cooked: string } }[]
  }
  if (type === 'Literal' && typeof value === 'string') return value
  return type === 'TemplateLiteral' && quasis?.length === 1 ? quasis[0]?.value.cooked : undefined
}

/** All nodes of some types, in the order of the text. */
export function find(tree: Node | undefined, ...types: readonly string[]): Node[] {
  const found: Node[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(walk)
    if (!value || typeof value !== 'object') return
    const node = value as Node
    if (types.includes(node.type)) found.push(node)
    Object.values(node).forEach(walk)
  }
  walk(tree)
  return found
}

export const isTest = (path: string) => /\.(test|e2e)\.tsx?$/.test(path) || /^(test|bench)\//.test(path)

export const lineOf = (file: SourceFile, offset: number) => file.text.slice(0, offset).split('\n').length

/** The module that a file belongs to: `modules/housing/rules.ts` is of `housing`. */
export const moduleOf = (path: string) => /^(?:modules|plugins)\/([^/]+)\//.exec(path)?.[1]

/** Where an import that starts with a dot leads. */
export const beside = (path: string, request: string) => join(dirname(path), request)

/** What each module says that it needs, or uses where it is on. */
export function needsOf(house: House): Map<string, readonly string[]> {
  const needs = new Map<string, readonly string[]>()
  for (const { path, tree } of house) {
    const module = /^(?:modules|plugins)\/([^/]+)\/module\.ts$/.exec(path)?.[1]
    if (!module) continue
    const listed = find(tree, 'Property').filter((node) =>
      ['needs', 'uses'].includes((node['key'] as { name?: string }).name ?? ''),
    )
    const elements = listed.flatMap((node) => (node['value'] as { elements?: unknown[] } | undefined)?.elements ?? [])
    needs.set(
      module,
      elements.map(textOf).filter((name) => name !== undefined),
    )
  }
  return needs
}
