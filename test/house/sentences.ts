import { beside, find, type House, isTest, lineOf, type Node, type SourceFile, textOf, type Wall } from './source.ts'
import { nameOf } from './schemas.ts'

/** The folder that holds `words/` gives its sentences their namespace. */
const wordsFile = /([^/]+)\/words\/en\.ts$/

/** Attributes that a person reads or hears. */
const spoken = /^(label|title|placeholder|description|alt|aria-label|aria-description|help|error)$/

/** Every sentence that is said has been written: `say('ui:list.empty')` is in `ui/words/en.ts`. */
export const said: Wall = (house) => {
  const written = new Set(house.flatMap((file) => keysOf(house, file)))
  const branches = new Set(
    [...written].flatMap((key) => [...key.matchAll(/[.:]/g)].map((dot) => key.slice(0, dot.index + 1))),
  )
  return house
    .filter(({ path }) => !isTest(path))
    .flatMap((file) =>
      find(file.tree, 'CallExpression').flatMap((call) => {
        if (nameOf(call['callee']) !== 'say') return []
        const { key, whole } = spelled((call['arguments'] as Node[])[0])
        if (!key || (whole ? has(written, key) : isStart(branches, key))) return []
        return [`${file.path}:${lineOf(file, call.start)} says ${key}, which no words file has`]
      }),
    )
}

const has = (written: ReadonlySet<string>, key: string) =>
  written.has(key) || (written.has(`${key}_one`) && written.has(`${key}_other`))

/** A key that is put together at run time must at least start in a branch that exists. */
const isStart = (branches: ReadonlySet<string>, start: string) => {
  const branch = /^.*[.:]/.exec(start)?.[0]
  return branch === undefined || branches.has(branch)
}

function spelled(argument: Node | undefined): { key: string; whole: boolean } {
  const text = textOf(argument)
  if (text !== undefined) return { key: text, whole: true }
  const quasis = argument?.type === 'TemplateLiteral' ? (argument['quasis'] as { value: { cooked: string } }[]) : []
  return { key: quasis[0]?.value.cooked ?? '', whole: false }
}

/** The keys of a words file, `namespace:path.to.sentence`. It may be put together from files beside it. */
function keysOf(house: House, file: SourceFile): string[] {
  const namespace = wordsFile.exec(file.path)?.[1]
  return namespace ? below(house, file, valueOf(file, 'words'), `${namespace}:`) : []
}

function below(house: House, file: SourceFile, node: Node | undefined, prefix: string): string[] {
  if (node?.type === 'Identifier') {
    const name = node['name'] as string
    const own = valueOf(file, name)
    if (own) return below(house, file, own, prefix)
    const beneath = file.imports.map((request) => house.find(({ path }) => path === beside(file.path, request)))
    return beneath.flatMap((one) => (one ? below(house, one, valueOf(one, name), prefix) : []))
  }
  return ((node?.['properties'] ?? []) as Node[]).flatMap((property) => {
    if (property.type === 'SpreadElement') return below(house, file, property['argument'] as Node, prefix)
    const { name, value } = property['key'] as { name?: string; value?: string }
    const inner = unwrapped(property['value'] as Node)
    const key = prefix + (name ?? value ?? '')
    return /^(ObjectExpression|Identifier)$/.test(inner.type) ? below(house, file, inner, `${key}.`) : [key]
  })
}

/** What a file's constant of that name holds. */
function valueOf({ tree }: SourceFile, name: string): Node | undefined {
  const found = find(tree, 'VariableDeclarator').find((node) => (node['id'] as { name?: string }).name === name)
  return found && unwrapped(found['init'] as Node)
}

const unwrapped = (node: Node): Node => ('expression' in node ? unwrapped(node['expression'] as Node) : node)

/** Text for people stands in words files, not between tags. */
export const spokenText: Wall = (house) =>
  house
    .filter(({ path }) => path.endsWith('.tsx') && !isTest(path))
    .flatMap((file) => {
      const between = find(file.tree, 'JSXText').map((node) => ({ node, text: node['value'] as string }))
      const attributes = find(file.tree, 'JSXAttribute')
        .filter((node) => spoken.test((node['name'] as { name?: string }).name ?? ''))
        .map((node) => ({ node, text: textOf(node['value']) ?? '' }))
      return [...between, ...attributes]
        .filter(({ text }) => /\p{L}{2}/u.test(text))
        .map(
          ({ node, text }) =>
            `${file.path}:${lineOf(file, node.start)} shows "${text.trim()}": write it in a words file and say it`,
        )
    })
