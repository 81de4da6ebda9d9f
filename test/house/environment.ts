import { find, isTest, type Node, type SourceFile, textOf, type Wall } from './source.ts'
import { nameOf } from './schemas.ts'

const page = 'docs/environment.md'

/** What every system sets, and what npm tells its scripts. */
const given = /^(PATH|SystemRoot|NO_COLOR|npm_\w+)$/

/** A variable that the code reads is described, and one that is described is read. */
export const environment: Wall = (house) => {
  const described = new Set([...(textAt(house, page) ?? '').matchAll(/^\| `(\w+)`/gm)].map((match) => match[1] ?? ''))
  const code = house.filter(({ path }) => !isTest(path))
  const read = new Map(code.flatMap((file) => variables(file).map((name) => [name, file.path] as const)))
  const silent = [...read].filter(([name]) => !described.has(name) && !given.test(name))
  const stale = [...described].filter((name) => !read.has(name))
  return [
    ...silent.map(([name, path]) => `${path} reads ${name}, which ${page} does not describe`),
    ...stale.map((name) => `${page} describes ${name}, which nothing reads`),
  ]
}

const textAt = (house: readonly SourceFile[], path: string) => house.find((file) => file.path === path)?.text

/** `process.env['PORT']`, `environment['PORT']`, `({ PORT }) => …` */
function variables({ tree }: SourceFile): string[] {
  const members = find(tree, 'MemberExpression')
    .filter(({ object }) => /(^|\.)(env|environment)$/.test(nameOf(object)))
    .map(({ computed, property }) => (computed ? textOf(property) : nameOf(property)))
  const unpacked = find(tree, 'ObjectPattern')
    .flatMap(({ properties }) => properties as Node[])
    .map(({ key }) => nameOf(key))
    .filter((name) => /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(name))
  return [...members, ...unpacked].filter((name) => name !== undefined).filter(Boolean)
}
