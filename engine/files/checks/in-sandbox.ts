import { open } from 'node:fs/promises'
import type { Given } from '../sandbox/task.ts'
import { fileSource } from './bytes.ts'
import { examine } from './examine.ts'
import type { Judged } from './verdict.ts'

/** What the sandbox does to check bytes: reads the file, and answers what it comes to. */
export async function run({ file, folder }: Pick<Given, 'file' | 'folder'>): Promise<Judged> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    return await examine(fileSource(handle, size), folder)
  } finally {
    await handle.close()
  }
}
