import { Counter } from 'prom-client'
import type { Engine } from '../../../engine.ts'
import type { HouseJob } from '../../../jobs/index.ts'
import { asHouse } from '../../../database/access.ts'
import type { Kept } from './kept.ts'
import { type Verdict, verify } from './verify.ts'

/** Each content is read once in so many weeks … */
const share = 4

/** … unless there are more than so many of that share, or it takes longer than so many milliseconds. */
const most = 100_000
const longest = 3 * 3600 * 1000

/** Reads a share of all contents every week, since disks forget without telling. */
export const verifyContents = (engine: Engine): HouseJob => {
  const wrong = new Counter({
    name: 'commonhall_file_bytes_wrong_total',
    help: 'Contents of files that were found missing or changed where they are kept',
    labelNames: ['store', 'finding'],
    registers: [engine.meters],
  })
  return {
    name: 'files.bytes-are-verified',
    schedule: '20 4 * * 0',
    atOnce: 1,
    timeLimit: (2 * longest) / 1000,
    async run() {
      await verifyShare(engine, ({ org_id: org, sha256, store }, finding) => {
        wrong.inc({ store, finding })
        engine.log.error({ store, finding, org, sha256 }, 'bytes of a file are not what they were: see doctor')
      })
    },
  }
}

/** Notes what is whole, and tells what is not. */
export async function verifyShare(engine: Engine, tell: (kept: Kept, finding: Verdict) => void): Promise<void> {
  const until = Date.now() + longest
  const { database, files } = engine
  const rows = await database.bare<Kept & Record<string, unknown>>(
    `select org_id, sha256, '' as preview, size::float8 as size, store from foundation.contents_to_verify($1, $2)`,
    [share, most],
  )
  for (const kept of rows) {
    if (Date.now() > until) return
    const finding = await verify(engine, files.stores.of(kept.store), kept, true)
    if (finding === 'whole') await note(engine, kept)
    else if (finding !== 'gone') tell(kept, finding)
  }
}

const note = ({ database }: Engine, { org_id: org, sha256 }: Kept) =>
  database.transaction(asHouse(org, { requestId: 'verification' }), ({ query }) =>
    query('update foundation.file_content set verified_at = now() where sha256 = $1', [sha256]),
  )
