import type { Command } from './command.ts'
import { electionCountCommand } from './election-count.ts'
import { electionVerifyCommand } from './election-verify.ts'

/** Commands that open no house and no database: they work on files alone, on any machine. */
export const houseless: readonly Command[] = [electionCountCommand, electionVerifyCommand]
