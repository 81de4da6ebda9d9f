import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'web', 'dist')
const mark = join(dist, '.made-from')

/** What the web app is made from. Modules count whole: a page may use any resource and sentence. */
const sources = ['web', 'ui', 'kernel', 'modules', 'plugins'].map(
  (folder) => `${folder}/**/*.{ts,tsx,css,html,json,svg}`,
)

/** Builds the web app unless what stands in web/dist was made from these very files. Answers whether it did build. */
export async function buildIfStale(): Promise<boolean> {
  const wanted = fingerprint()
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return false
  await build(wanted)
  return true
}

function fingerprint(): string {
  const files = globSync(sources, {
    cwd: root,
    exclude: (path) => /(^|\/)(dist|node_modules)$|\.test\.tsx?$/.test(path),
  })
  const hash = createHash('sha256')
  for (const file of [...files.toSorted(), 'package-lock.json', 'vite.config.ts']) {
    hash.update(`${file}\n`).update(readFileSync(join(root, file)))
  }
  return hash.digest('hex')
}

/** Built aside, then put in place: a server that runs meanwhile never has half an app to serve. */
async function build(wanted: string): Promise<void> {
  const { build: bundle } = await import('vite')
  const aside = join(root, 'node_modules', '.cache', `web-${process.pid}`)
  mkdirSync(aside, { recursive: true })
  try {
    await bundle({
      configFile: join(root, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: aside, emptyOutDir: true },
    })
    writeFileSync(join(aside, '.made-from'), wanted)
    rmSync(dist, { recursive: true, force: true })
    renameSync(aside, dist)
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}
