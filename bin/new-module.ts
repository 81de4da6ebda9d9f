// bin/new-module MODULE RESOURCE: a module with one plain resource, in the catalog, with its migration.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Module } from '@commonhall/kernel'
import { draftMigration, draftModule, enlist, type ModuleWish } from './draft-module.ts'

const isNoun = (word: string | undefined) => word !== undefined && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(word)

/** Writes the module into a folder, and then the migration that its resources ask for. */
export async function writeModule(folder: string, wish: ModuleWish): Promise<readonly string[]> {
  const write = (path: string, text: string) => {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text, { flag: 'wx' })
    return file
  }
  const written = Object.entries(draftModule(wish)).map(([path, text]) => write(path, text))
  const loaded = (await import(pathToFileURL(join(folder, 'module.ts')).href)) as Record<string, Module>
  const resources = Object.values(loaded).flatMap((module) => module.resources ?? [])
  return [...written, write(`migrations/0001-${wish.module}.sql`, draftMigration(resources))]
}

async function main([module, resource]: readonly string[]): Promise<void> {
  const modules = join(import.meta.dirname, '..', 'modules')
  if (!module || !resource || !isNoun(module) || !isNoun(resource)) {
    console.error('Say: bin/new-module MODULE RESOURCE, two nouns in kebab case, such as: bin/new-module tools tool')
    process.exitCode = 2
    return
  }
  if (existsSync(join(modules, module))) {
    console.error(`There is a module called ${module} already.`)
    process.exitCode = 1
    return
  }
  const written = await writeModule(join(modules, module), { module, resource })
  const catalog = join(modules, 'catalog.ts')
  writeFileSync(catalog, enlist(readFileSync(catalog, 'utf8'), { module, resource }))
  for (const file of [...written, catalog]) console.log(file)
}

if (import.meta.main) await main(process.argv.slice(2))
