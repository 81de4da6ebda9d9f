import { parseArgs } from 'node:util'
import { Refusal, say } from '@commonhall/kernel'
import { type Command, type ExitCode, tell, warn, WrongUse } from './command.ts'
import { helpOf, overview } from './help.ts'
import { houseless } from './houseless.ts'

const help = { help: { type: 'boolean', short: 'h' } } as const

/** Finds the command in what was typed, runs it, and answers how it ended. Whatever is thrown becomes a sentence. */
export async function runCommand(typed: readonly string[]): Promise<ExitCode | void> {
  const isTyped = ({ name }: Command) => name.split(' ').every((word, index) => typed[index] === word)
  const command = houseless.find(isTyped) ?? (await allCommands()).find(isTyped)
  if (!command) return await withoutCommand(typed)
  try {
    const input = parse(command, typed.slice(command.name.split(' ').length))
    if (!input) return answer(helpOf(command))
    return await command.run(input)
  } catch (error) {
    return told(command, error as Error)
  }
}

/** Reading the others reads the house, which takes a second. */
const allCommands = async (): Promise<readonly Command[]> => (await import('./commands.ts')).commands

async function withoutCommand([first]: readonly string[]): Promise<ExitCode> {
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    tell(overview(await allCommands()))
    return first === undefined ? 2 : 0
  }
  warn(say('cli:unknown_command', { command: first }))
  return 2
}

function answer(text: string): ExitCode {
  tell(text)
  return 0
}

/** What was typed, checked against what the command takes; undefined when help was asked for. */
function parse(command: Command, args: readonly string[]) {
  const { takes = [], mayTake = [], options = {} } = command
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { ...options, ...help },
    allowPositionals: true,
  })
  if (values['help']) return undefined
  const missing = takes.slice(positionals.length)
  if (missing.length) throw new WrongUse(say('cli:missing', { what: missing.join(' ') }))
  const most = takes.length + mayTake.length
  if (positionals.length > most) throw new WrongUse(say('cli:too_much', { what: positionals[most] }))
  return { values: values as Record<string, string | boolean | undefined>, positionals }
}

function told({ name }: Command, error: Error): ExitCode {
  const { code = '' } = error as { code?: string }
  const wrongUse = error instanceof WrongUse || code.startsWith('ERR_PARSE_ARGS')
  warn(error.message || String(error))
  if (wrongUse) warn(say('cli:see_help', { command: name }))
  else if (!(error instanceof Refusal) && process.env['LOG_LEVEL'] === 'debug') warn(String(error.stack))
  return wrongUse ? 2 : 1
}
