import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildIfStale } from '../../web/build.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The built app that the journeys walk through. */
    webFolder: string
  }
}

/** Builds the app once, and sets a copy aside: whoever builds it anew meanwhile does not pull the rug away. */
export default async function setup(project: TestProject): Promise<() => void> {
  await buildIfStale()
  const webFolder = mkdtempSync(join(tmpdir(), 'commonhall-web-'))
  cpSync(join(import.meta.dirname, '../../web/dist'), webFolder, { recursive: true })
  project.provide('webFolder', webFolder)
  return () => rmSync(webFolder, { recursive: true, force: true })
}
