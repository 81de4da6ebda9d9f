import type { Secrets } from '@commonhall/kernel'
import { deriveSecret, type Settings } from './settings.ts'
import { Box } from './sign-in/box.ts'

/** Seals what a module keeps in the database for the server alone: a key for each org and purpose. */
export function secretsOf(settings: Pick<Settings, 'secret'>, orgId: string): Secrets {
  const box = (purpose: string) => new Box(deriveSecret(settings, `secret of ${orgId} for ${purpose}`))
  return {
    close: (purpose, text) => box(purpose).close(text),
    open: (purpose, sealed) => box(purpose).open(sealed),
  }
}
