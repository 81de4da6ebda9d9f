import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Package {
  readonly resolved?: string
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

type Packages = Readonly<Record<string, Package>>

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>

const lock = read('package-lock.json')['packages'] as unknown as Packages

/** Optional parts, such as the binary for another machine, that the lock file lists nowhere a package would look. */
function missingParts(packages: Packages): string[] {
  const isThere = (from: string, name: string): boolean => {
    if (packages[`${from && `${from}/`}node_modules/${name}`]) return true
    return from !== '' && isThere(from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/'))), name)
  }
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isThere(path, name))
      .map((name) => `${path || 'root'} lacks ${name}`),
  )
}

/** Ranges where a version should stand. */
const loosePins = (manifest: Record<string, Record<string, string>>) =>
  ['dependencies', 'devDependencies', 'optionalDependencies']
    .flatMap((kind) => Object.entries(manifest[kind] ?? {}))
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name}@${version}`)

const sources = (packages: Packages) =>
  Object.entries(packages)
    .filter(([, { resolved }]) => resolved?.includes('://'))
    .map(([path]) => path)

test('the lock file has the binaries of every platform, not only of the one where it was made', () => {
  expect(missingParts(lock)).toEqual([])
})

test('a missing binary is found', () => {
  const part = { optionalDependencies: { 'a-linux': '1.0.0', 'a-mac': '1.0.0' } }
  expect(missingParts({ 'node_modules/a': part, 'node_modules/a-linux': {} })).toEqual(['node_modules/a lacks a-mac'])
})

test('the lock file binds nobody to the registry that it was made with', () => {
  expect(sources(lock)).toEqual([])
  expect(sources({ a: { resolved: 'https://packages.example/a.tgz' } })).toEqual(['a'])
})

test('every dependency is pinned exactly', () => {
  expect(loosePins(read('package.json'))).toEqual([])
  expect(loosePins({ dependencies: { a: '^1.0.0', b: '*', c: '1.0.0' } })).toEqual(['a@^1.0.0', 'b@*'])
})

test('no install script may run', () => {
  const allowed = read('package.json')['allowScripts'] as unknown as Record<string, boolean>
  const withScripts = Object.entries(lock).filter(([, one]) => 'hasInstallScript' in one)
  const named = withScripts.map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length))
  expect(named.filter((name) => allowed[name] !== false)).toEqual([])
})
