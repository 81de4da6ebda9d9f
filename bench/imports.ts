// The import is measured in a process of its own, so that its memory is its own. Run with the file of the stage; prints
// the lines as JSON.
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { catalog } from '@commonhall/modules/catalog'
import { raiseHouse } from '../engine/boot.ts'
import { makeLog } from '../engine/log.ts'
import { benchImport, benchImportMemory } from './import.ts'
import type { Line } from './line.ts'
import { asSuperuser, type Stage } from './stage.ts'

/** An import beside COPY; with `million`, the memory that a million rows take instead. */
export async function measureImports(stage: Stage, million: boolean): Promise<Line[]> {
  const file = join(stage.folder, 'stage.json')
  writeFileSync(file, JSON.stringify({ ...stage, settings: { ...stage.settings, environment: {} } }), { mode: 0o600 })
  const args = [import.meta.filename, file, ...(million ? ['million'] : [])]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  return JSON.parse(await text(child.stdout)) as Line[]
}

async function measureHere(stage: Stage, million: boolean): Promise<Line> {
  const house = await raiseHouse(stage.settings, catalog, makeLog('fatal'))
  try {
    if (million) return await benchImportMemory(house.engine, 1_000_000, stage.empty)
    return await asSuperuser(stage, house.ground, (superuser) =>
      benchImport(house.engine, superuser, 100_000, stage.empty),
    )
  } finally {
    await house.close()
  }
}

if (import.meta.main) {
  const [file = '', million] = process.argv.slice(2)
  const stage = JSON.parse(readFileSync(file, 'utf8')) as Stage
  process.stdout.write(JSON.stringify([await measureHere(stage, million === 'million')]))
}
