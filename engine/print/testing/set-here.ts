import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Printed } from '../printed.ts'
import { run } from '../sandboxed/set.ts'
import { spooled } from '../spool.ts'

/** Sets a table in this very process: what is on paper is the same, and sooner there. */
export async function setHere(printed: Printed): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'commonhall-print-'))
  try {
    const file = join(folder, 'file')
    await writeFile(file, spooled(printed))
    return await readFile(join(folder, await run({ file, folder, asked: null })))
  } finally {
    await rm(folder, { recursive: true })
  }
}
