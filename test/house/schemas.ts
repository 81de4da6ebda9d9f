import { find, moduleOf, needsOf, type Node, type SourceFile, textOf, type Wall } from './source.ts'

/** Calls of the query builder whose first argument names a table. */
const naming =
  /^(selectFrom|insertInto|updateTable|deleteFrom|mergeInto|using|(inner|left|right|full|cross)Join\w*|table)$/

const snake = (module: string) => module.replaceAll('-', '_')

const bare = (sql: string) => sql.replace(/--.*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '')

/** SQL names only the tables of its own module and of those it needs. */
export const schemas: Wall = (house) => {
  const needs = needsOf(house)
  const known = new Set([...[...needs.keys()].map(snake), 'foundation', 'pgboss'])
  return house.flatMap((file) => {
    const own = moduleOf(file.path)
    if (!own) return []
    const allowed = new Set([own, ...(needs.get(own) ?? [])].map(snake))
    const migration = file.path.endsWith('.sql')
    // Tables stand on the ground floor: its guards and keys are named where they are made.
    if (migration) allowed.add('foundation')
    const named = (migration ? [bare(file.text)] : statements(file)).flatMap((sql) =>
      // A function of the ground floor, such as `foundation.current_org(`, is a door that it holds open.
      [...sql.matchAll(/\b(?!foundation\.\w+\()([a-z_][a-z0-9_]*)\.[a-z_"]/g)].map((match) => match[1] ?? ''),
    )
    return [...new Set(named)]
      .filter((schema) => known.has(schema) && !allowed.has(schema))
      .map((schema) => `${file.path} names the schema ${schema}: a module's SQL stays in its own and those it needs`)
  })
}

interface Template {
  readonly quasis: readonly { readonly value: { readonly raw: string } }[]
}

/** The SQL in a TypeScript file: templates tagged `sql`, and tables named to the query builder. */
export function statements({ tree }: SourceFile): string[] {
  const templates = find(tree, 'TaggedTemplateExpression').filter((node) => nameOf(node['tag']).startsWith('sql'))
  const texts = templates.map((node) => (node['quasi'] as Template).quasis.map((quasi) => quasi.value.raw).join('$'))
  const calls = find(tree, 'CallExpression').filter((node) =>
    naming.test(nameOf(node['callee']).split('.').at(-1) ?? ''),
  )
  const tables = calls.map((node) => textOf((node['arguments'] as unknown[])[0]))
  return [...texts, ...tables.filter((table) => table !== undefined)]
}

/** `sql`, `ctx.db.selectFrom`: how a callee is spelled. */
export function nameOf(node: unknown): string {
  const { type, name, object, property } = (node ?? {}) as Partial<Record<string, unknown>> & {
    type?: string
    name?: string
  }
  if (type === 'Identifier') return name ?? ''
  if (type !== 'MemberExpression') return ''
  return [nameOf(object as Node), nameOf(property as Node)].filter(Boolean).join('.')
}
