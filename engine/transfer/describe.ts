import { hasWords, kindOf, labelOf, type Resource, say, sentenceCase } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'
import type { LeftOut, Manifest, ManifestColumn, ManifestFile } from './manifest.ts'

/** What a table holds, in words: as its resource says, or as the words of transfer do. Undefined: nobody says. */
export function tableWords({ resources }: Registry, table: string): string | undefined {
  const resource = resourceOf(resources, table)
  if (resource) return `${resource.plural}.`
  const key = `transfer:table.${table.replace('.', '_')}`
  return hasWords(key) ? say(key) : undefined
}

const resourceOf = (resources: Registry['resources'], table: string): Resource | undefined =>
  [...resources.values()].find((one) => `${one.schema}.${one.table}` === table)

/** What a column holds: its field's label and kind, or what such a column holds in every table. */
export function columnWords({ resources }: Registry, table: string, name: string): string {
  const resource = resourceOf(resources, table)
  const field = resource?.fields[name]
  if (resource && field) {
    const { help, choices } = field as { help?: string; choices?: readonly string[] }
    const label = `${labelOf(resource.fields, name)}.`
    return [label, help, choices?.length ? `${kindOf(field).kind}: ${choices.join(', ')}.` : '']
      .filter(Boolean)
      .join(' ')
  }
  const key = `transfer:column.${name}`
  return hasWords(key) ? say(key) : `${sentenceCase(name)}.`
}

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

/** What is in an export, for people: every file and every column in words. */
export function readmeOf(manifest: Manifest): string {
  const { organization, exported_at, version, files, withheld } = manifest
  const at = exported_at.slice(0, 10)
  const forms = ['csv', 'empty', 'formula', 'time', 'sums', 'ids']
  return `${[
    `# ${say('transfer:readme.title', { name: organization.name, at })}`,
    say('transfer:readme.intro', { ...organization, version }),
    say('transfer:readme.trail'),
    `## ${say('transfer:readme.form')}`,
    forms.map((form) => `- ${say(`transfer:readme.forms.${form}`)}`).join('\n'),
    `## ${say('transfer:readme.files')}`,
    overview(files),
    ...files.map(fileWords),
    `## ${say('transfer:readme.attached')}`,
    say('transfer:readme.attachedText', { count: manifest.attached.length }),
    ...leftOutWords(manifest),
    `## ${say('transfer:readme.withheld')}`,
    withheld
      .map(
        ({ table, column, why }) =>
          `- \`${table}\`, ${column ? `\`${column}\`` : say('transfer:readme.whole')}: ${why}`,
      )
      .join('\n'),
  ].join('\n\n')}\n`
}

/** Files whose bytes are not there, each with the record that it belongs to and the reason. */
function leftOutWords({ left_out: all }: Manifest): string[] {
  if (!all.length) return []
  const line = ({ name, version, resource, record, because }: LeftOut) => {
    const spoken = `"${cell(name)}" (${say('transfer:attached.version', { version })})`
    return `- ${spoken}, \`${resource}\` ${record ?? ''}: ${because}`
  }
  return [say('transfer:readme.leftOut'), all.map(line).join('\n')]
}

function overview(files: readonly ManifestFile[]): string {
  const heading = ['file', 'rows', 'holds'].map((name) => say(`transfer:readme.${name}`)).join(' | ')
  const lines = files.map(({ file, rows, holds }) => `| [${file}](${file}) | ${rows} | ${cell(holds)} |`)
  return [`| ${heading} |`, '|---|--:|---|', ...lines].join('\n')
}

function fileWords({ file, holds, columns }: ManifestFile): string {
  const heading = ['column', 'kind', 'means'].map((name) => say(`transfer:readme.${name}`)).join(' | ')
  const lines = columns.map((one) => `| \`${one.name}\` | ${cell(one.type)} | ${cell(meaning(one))} |`)
  return [`### ${file}`, '', holds, '', `| ${heading} |`, '|---|---|---|', ...lines].join('\n')
}

const meaning = ({ means, points_to }: ManifestColumn) =>
  points_to ? `${means} ${say('transfer:readme.points', { to: points_to })}` : means
