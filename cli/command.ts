import type { ParseArgsOptionsConfig } from 'node:util'

/** How a command ended: 0 done, 1 refused or found wrong, 2 wrong use. `serve` goes on and answers nothing. */
export type ExitCode = 0 | 1 | 2

/** What was typed after the command's name. */
export interface Input {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  /** As many as the command takes, in order. */
  readonly positionals: readonly string[]
}

/** One command of the command line. Its sentences stand in `words/en.ts`, under its name. */
export interface Command {
  /** As it is typed: `serve`, `seed demo`. */
  readonly name: string
  readonly options?: ParseArgsOptionsConfig
  /** What must follow, in order, such as `RESOURCE` and `FILE`. */
  readonly takes?: readonly string[]
  /** What may follow after that. */
  readonly mayTake?: readonly string[]
  /** Loaded when it is called, so that help answers at once. */
  run(input: Input): Promise<ExitCode | void>
}

/** Typed wrongly: said with a hint at the help, and ends with 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse'
}

/** The branch of the words file that speaks of a command. */
export const wordsOf = ({ name }: Command) => `cli:commands.${name.replace(' ', '_')}`

/** A line of the command's answer. */
export const tell = (line: string) => void process.stdout.write(`${line}\n`)

/** A line about what went wrong, or on the way. */
export const warn = (line: string) => void process.stderr.write(`${line}\n`)
