import { draftTable } from '@commonhall/engine'
import { type Resource, sentenceCase, snake } from '@commonhall/kernel'

/** What `bin/new-module` is asked for: kebab-case nouns, such as `tools` and `tool`. */
export interface ModuleWish {
  readonly module: string
  readonly resource: string
}

const camel = (kebab: string) => kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** The files of a module with one plain resource, by their path inside the module's folder. */
export function draftModule(wish: ModuleWish): Record<string, string> {
  return {
    'README.md': readme(wish),
    'index.ts': index(wish),
    'module.ts': manifest(wish),
    'rules.ts': rules(wish),
    [`resources/${wish.resource}.ts`]: resource(wish),
  }
}

/** The migration that makes the tables of a module's resources, once these can be imported. */
export const draftMigration = (resources: readonly Resource[]) =>
  resources.map((one) => draftTable(one, new Map(resources.map((other) => [other.name, other])))).join('\n')

/** The catalog with the module as its last. */
export function enlist(catalog: string, { module }: ModuleWish): string {
  const name = camel(module)
  return catalog
    .replace(/(\n\n\/\*\*)/, `\nimport { ${name} } from './${module}/module.ts'$1`)
    .replace(/(readonly Module\[\] = \[[^\]]*[^\],\s])(,?\s*\])/, `$1, ${name}$2`)
}

const readme = ({ module, resource }: ModuleWish) => `# ${sentenceCase(module)}

What it is for, in members' words. The record is in \`resources/${resource}.ts\`, who may do what in \`rules.ts\`.
`

const index = ({ module, resource }: ModuleWish) => `/** What other modules may use of ${module}. */
export { ${camel(resource)} } from './resources/${resource}.ts'
`

const manifest = ({ module, resource }: ModuleWish) => `import { defineModule } from '@commonhall/kernel'
import { ${camel(resource)} } from './resources/${resource}.ts'
import { rules } from './rules.ts'

export const ${camel(module)} = defineModule({
  name: '${module}',
  label: '${sentenceCase(module)}',
  purpose: 'One sentence for the person who switches modules on.',
  icon: 'roll',
  folder: import.meta.dirname,
  resources: [${camel(resource)}],
  rules,
})
`

const rules = ({ module, resource }: ModuleWish) => `import { allow, defineRules } from '@commonhall/kernel'

const keepers = allow('admin', 'officer', 'staff')

export const rules = defineRules({
  '${module}.${resource}.read': keepers.or(allow('member')),
  '${module}.${resource}.create': keepers,
  '${module}.${resource}.update': keepers,
  '${module}.${resource}.archive': allow('admin', 'officer'),
})
`

const resource = ({
  module,
  resource: name,
}: ModuleWish) => `import { defineResource, field, type TableOf } from '@commonhall/kernel'

export const ${camel(name)} = defineResource('${module}.${name}', {
  label: '${sentenceCase(name)}',
  plural: '${sentenceCase(name)}s',
  traits: ['audited', 'archivable'],
  title: '{name}',
  naturalKey: 'name',
  fields: {
    name: field.text({ required: true, max: 80, unique: true }),
    state: field.choice(['open', 'closed'], { required: true, default: 'open' }),
    notes: field.longText(),
  },
  views: { list: ['name', 'state'], search: ['name', 'notes'], filters: ['state'], sort: ['name'] },
})

declare module '@commonhall/kernel' {
  interface Tables {
    '${snake(module)}.${snake(name)}': TableOf<typeof ${camel(name)}>
  }
}
`
