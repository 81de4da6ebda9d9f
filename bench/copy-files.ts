// Copies files and sums them up, all at the same time, and makes each safe on the disk: the least that keeping them
// takes. In a process of its own. Run with a folder to copy from and one to copy to; prints how long it took, in ms.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** How long it takes to copy all files of a folder, in ms; the copies are removed again. */
export async function copyFiles(from: string, to: string): Promise<number> {
  await mkdir(to)
  const child = spawn(process.execPath, [import.meta.filename, from, to], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ms = Number(await text(child.stdout))
  await rm(to, { recursive: true })
  return ms
}

async function copy(from: string, to: string): Promise<string> {
  const hash = createHash('sha256')
  const target = await open(to, 'wx')
  try {
    for await (const chunk of createReadStream(from) as AsyncIterable<Buffer>) {
      hash.update(chunk)
      await target.write(chunk)
    }
    await target.datasync()
  } finally {
    await target.close()
  }
  return hash.digest('hex')
}

if (import.meta.main) {
  const [from = '', to = ''] = process.argv.slice(2)
  const names = await readdir(from)
  const begun = performance.now()
  await Promise.all(names.map((name) => copy(join(from, name), join(to, name))))
  const folder = await open(to)
  await folder.sync()
  await folder.close()
  process.stdout.write(String(performance.now() - begun))
}
