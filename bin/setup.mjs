// Installs the packages if they are not those of the lock file. Runs before `npm start` and `npm test`, on any Node
// from 20; when it ends, `node` in an npm script is the project's own.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const at = (path) => new URL(path, root)
const readJson = (path) => JSON.parse(readFileSync(at(path), 'utf8'))
const sleep = (milliseconds) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)

const staleAfter = 15 * 60_000

/** What npm wrote down when it was done with installing must be the lock file, less what is for other machines. */
function isInstalled() {
  if (!existsSync(at('node_modules/.package-lock.json'))) return false
  const installed = readJson('node_modules/.package-lock.json').packages
  return Object.entries(readJson('package-lock.json').packages).every(([path, wanted]) => {
    const found = installed[path]
    if (found) return found.version === wanted.version && found.integrity === wanted.integrity
    return !path.startsWith('node_modules/') || (wanted.optional && !isForThisMachine(wanted))
  })
}

const isForThisMachine = ({ os, cpu, libc }) => os?.includes(process.platform) && cpu?.includes(process.arch) && !libc

/** Two commands at once must not both install: the second waits for the first. Answers whether the work is ours. */
function takeTurn(lock) {
  for (const start = Date.now(); Date.now() - start < staleAfter; sleep(500)) {
    try {
      mkdirSync(lock)
      return true
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > staleAfter) rmSync(lock, { recursive: true, force: true })
  }
  throw new Error('Another install has not ended for 15 minutes. Remove the folder .install.lock if there is none.')
}

function install() {
  console.error('Installing packages: on the first run, and when they have changed …')
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const options = { cwd: fileURLToPath(root), stdio: ['ignore', 2, 2] }
  const npm = process.env.npm_execpath
  // npm runs on the Node that it came with: the project's own is about to be replaced.
  if (npm) execFileSync(process.env.npm_node_execpath ?? process.execPath, [npm, ...args], options)
  else execFileSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

if (!isInstalled()) {
  const lock = at('.install.lock/')
  takeTurn(lock)
  try {
    if (!isInstalled()) install()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}
