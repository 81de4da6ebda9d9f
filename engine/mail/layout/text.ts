import { say } from '@commonhall/kernel'
import type { Laid, LaidSection } from './letter.ts'

/** A letter as plain text. Lines are as long as they come, since readers wrap them; each address has its own. */
export function layText(laid: Laid): string {
  const { title, greeting, paragraphs, facts, sections, act, notes } = laid
  const blocks = [
    greeting ?? title,
    ...paragraphs,
    facts.length && aligned(facts),
    ...sections.map(sectionText),
    act && `${act.label}:\n${act.url}`,
    ...notes,
    ['-- ', ...footer(laid)].join('\n'),
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

const footer = ({ sender, why, unsubscribe, settings }: Laid): string[] => [
  why,
  `${sender.name}:\n${sender.url}`,
  ...(settings ? [`${say('engine:mail.settings')}:\n${settings}`] : []),
  ...(unsubscribe ? [`${unsubscribe.label}:\n${unsubscribe.url}`] : []),
]

/** Values stand under each other, and so do their further lines. */
function aligned(facts: Laid['facts']): string {
  const width = Math.max(...facts.map(({ label }) => label.length)) + 2
  return facts
    .map(({ label, value }) => `  ${`${label}:`.padEnd(width)}${value.replaceAll('\n', `\n${' '.repeat(width + 2)}`)}`)
    .join('\n')
}

function sectionText({ title, count, items, rest }: LaidSection): string {
  const lines = items.map(({ title: item, line, url }) =>
    [`* ${item}`, line && `  ${line}`, url && `  ${url}`].filter(Boolean).join('\n'),
  )
  const head = `${title} (${count})`
  const more = rest ? [say('engine:mail.digest.more', { count: rest })] : []
  return [`${head}\n${'-'.repeat(head.length)}`, ...lines, ...more].join('\n\n')
}
