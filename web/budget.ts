import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Chunk {
  readonly file: string
  readonly isEntry?: boolean
  readonly isDynamicEntry?: boolean
  readonly imports?: readonly string[]
}

type Manifest = Readonly<Record<string, Chunk>>

const dist = join(import.meta.dirname, 'dist')

/** A chunk with everything that it imports at once. */
function withImports(manifest: Manifest, name: string, found = new Set<string>()): Set<string> {
  const chunk = manifest[name]
  if (!chunk || found.has(chunk.file)) return found
  found.add(chunk.file)
  for (const one of chunk.imports ?? []) withImports(manifest, one, found)
  return found
}

const weigh = (files: Iterable<string>) =>
  [...files]
    .filter((file) => file.endsWith('.js'))
    .reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0)

export interface Weights {
  /** JavaScript that every page of an org needs, gzip, in bytes: what starts the app, and its frame. */
  readonly first: number
  /** What each page adds to that. */
  readonly routes: Readonly<Record<string, number>>
}

/** Weighs the built web app as a browser would load it. */
export function weighApp(): Weights {
  const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Manifest
  const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry) ?? ''
  const shell = Object.keys(manifest).find((name) => name.endsWith('/Shell.tsx')) ?? ''
  const first = withImports(manifest, entry).union(withImports(manifest, shell))
  const routes = Object.entries(manifest)
    .filter(([, chunk]) => chunk.isDynamicEntry)
    .map(
      ([name]) => [name.replace(/^.*\/|\.tsx?$/g, ''), weigh(withImports(manifest, name).difference(first))] as const,
    )
  return { first: weigh(first), routes: Object.fromEntries(routes) }
}

if (import.meta.main) {
  const { first, routes } = weighApp()
  const kilo = (bytes: number) => `${(bytes / 1000).toFixed(1).padStart(7)} kB`
  process.stdout.write(`${kilo(first)}  first load\n`)
  for (const [name, size] of Object.entries(routes).toSorted((a, b) => b[1] - a[1]))
    process.stdout.write(`${kilo(size)}  ${name}\n`)
}
