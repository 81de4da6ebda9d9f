import { find, isTest, type SourceFile, type Wall } from './source.ts'

/** Words that say nothing about what is inside. */
const empty = /(?:^|[/.-])(utils?|helpers?|manager|service|data|info|misc|stuff)(?=[/.]|$)|(?:^|\/)(common)(?=[/.])/

/** Folders of a module by kind: the file is named after what it declares. */
const kinds = /^(modules|plugins)\/[^/]+\/(resources|workflows|routes|jobs|reports|subscribers|metrics)\/([^/]+)\.ts$/

const camel = (kebab: string) => kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

const ending = (path: string) =>
  path
    .split('/')
    .at(-1)
    ?.replace(/(\.test|\.e2e)?\.\w+$/, '') ?? ''

/** Files are in kebab case, components in Pascal case, and named after what they hold. */
export const names: Wall = (house) =>
  house
    .filter(({ path }) => /\.(ts|tsx|mjs|sql|css)$/.test(path))
    .flatMap((file) => {
      const { path } = file
      const found = []
      const vague = empty.exec(path)
      if (vague) found.push(`${path}: "${vague[1] ?? vague[2]}" says nothing; name the thing`)
      const pascal = path.endsWith('.tsx') && /^[A-Z]/.test(ending(path))
      if (!pascal && !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(ending(path))) found.push(`${path} is not in kebab case`)
      const only = exported(file)
      if (pascal && only.length === 1 && !only.includes(ending(path))) found.push(`${path} exports no ${ending(path)}`)
      return [...found, ...ofKind(file)]
    })

function ofKind(file: SourceFile): string[] {
  const name = kinds.exec(file.path)?.[3]
  if (!name || name === 'index' || isTest(file.path)) return []
  const wanted = [camel(name), `${camel(name)}Workflow`]
  return exported(file).some((one) => wanted.includes(one)) ? [] : [`${file.path} exports no ${camel(name)}`]
}

/** The names of the values that a file exports. */
function exported({ tree }: SourceFile): string[] {
  return find(tree, 'ExportNamedDeclaration', 'ExportDefaultDeclaration').flatMap(({ declaration, specifiers }) => {
    const { id, declarations } = (declaration ?? {}) as {
      id?: { name: string }
      declarations?: { id: { name: string } }[]
    }
    const listed = ((specifiers ?? []) as { exported: { name: string } }[]).map((one) => one.exported.name)
    return [...(id ? [id.name] : []), ...(declarations ?? []).map((one) => one.id.name), ...listed]
  })
}
