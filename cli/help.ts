import { hasWords, say } from '@commonhall/kernel'
import { type Command, wordsOf } from './command.ts'

/** Every command with one line about it. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map((one) => `  ${one.name.padEnd(width)}   ${say(`${wordsOf(one)}.summary`)}`)
  return [say('cli:title'), '', say('cli:usage'), '', ...lines, '', say('cli:more'), say('cli:exits')].join('\n')
}

/** How one command is used, what it does, and its options. */
export function helpOf(command: Command): string {
  const words = wordsOf(command)
  const names = Object.entries(command.options ?? {})
  const rows = [...names.map(([name, { type }]) => optionRow(words, name, type)), ['--help', say('cli:help')] as const]
  const width = Math.max(...rows.map(([left]) => left.length))
  const about = hasWords(`${words}.about`) ? [say(`${words}.about`), ''] : []
  const may = (command.mayTake ?? []).map((what) => `[${what}]`)
  const usage = ['bin/commonhall', command.name, ...(command.takes ?? []), ...may, say('cli:options')].join(' ')
  return [
    `${say(`${words}.summary`)}.`,
    '',
    `  ${usage}`,
    '',
    ...about,
    ...rows.map(([left, right]) => `  ${left.padEnd(width)}   ${right}`),
  ].join('\n')
}

function optionRow(words: string, name: string, type: string): readonly [string, string] {
  const value = type === 'string' ? ` ${say(`cli:values.${name.replace('-', '_')}`)}` : ''
  return [`--${name}${value}`, say(`${words}.options.${name.replace('-', '_')}`)]
}
