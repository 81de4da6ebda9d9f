import type { exportOrg } from '@commonhall/engine'
import { say } from '@commonhall/kernel'

type Manifest = Awaited<ReturnType<typeof exportOrg>>

/** What was written of an org, in a few lines. */
export function takenWords({ files, attached, left_out }: Manifest, slug: string, out: string): string {
  const rows = files.reduce((sum, file) => sum + file.rows, 0)
  const lines = [
    say('cli:transfer.exported', { slug, out, rows, files: files.length + attached.length }),
    say('cli:transfer.attached', { count: attached.length }),
  ]
  if (left_out.length) lines.push(say('cli:transfer.left_out', { count: left_out.length }))
  return lines.join('\n')
}

/** Whether bytes are missing that should be there. */
export const isDamaged = ({ left_out }: Manifest): boolean =>
  left_out.some(({ why }) => why === 'missing' || why === 'changed')
