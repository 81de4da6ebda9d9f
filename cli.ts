// bin/commonhall: the command line.
import { addWords } from '@commonhall/kernel'
import { runCommand } from './cli/run-command.ts'
import { words } from './cli/words/en.ts'

addWords('cli', words)

const code = await runCommand(process.argv.slice(2))
if (code !== undefined) {
  process.exitCode = code
  // Everything has been closed by now. Should something still hold the process, nobody waits for it.
  setTimeout(() => process.exit(), 5000).unref()
}
