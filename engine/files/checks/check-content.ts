import { findWorkedOrg, houseCaller, type OrgRow } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import type { HouseJob } from '../../jobs/index.ts'
import type { Bytes } from '../stores/store.ts'
import { wholly } from '../stores/wholly.ts'
import { ownVerdict } from './own-verdict.ts'
import { type Ruling, settle } from './settle.ts'

const contentIsChecked = 'files.content-is-checked'

export interface ContentToCheck {
  readonly org: string
  readonly sha256: string
  /** Checked once more, though there is a verdict. */
  readonly again?: boolean
  /** How often the scanner was away. */
  readonly tries?: number
}

/** Content as it is kept. */
interface Kept extends Record<string, unknown> {
  readonly size: number
  readonly store: string
  readonly verdict: 'waiting' | 'clean' | 'held'
}

/** One content of one org that is being checked. */
interface Work {
  readonly engine: Engine
  readonly org: OrgRow
  readonly wanted: ContentToCheck
  readonly kept: Kept
  readonly read: () => Promise<Bytes>
}

/** Pauses while the scanner is away, in seconds: each twice the one before, so that files are free soon after it is. */
const [shortest, longest] = [5, 120]

/**
 * Reads the bytes of a content, has them scanned, and writes what comes of it: nobody gets them before. Without a
 * scanner that answers they wait, and are tried again.
 */
export const checkContent = (engine: Engine): HouseJob<ContentToCheck> => ({
  name: contentIsChecked,
  atOnce: 3,
  retries: 12,
  longestPause: 900,
  timeLimit: 600,
  async run(wanted) {
    const org = await findWorkedOrg(engine.database, wanted.org)
    const [kept] = org ? await look(engine, org, wanted.sha256) : []
    if (!org || !kept) return
    const read = () => readKept(engine, wanted, kept)
    const ruling = await rulingOn({ engine, org, wanted, kept, read })
    if (ruling === 'later') await comeAgain(engine, wanted)
    else await settle(engine, org, wanted.sha256, ruling)
  },
})

const look = (engine: Engine, org: OrgRow, sha256: string) =>
  engine.database.read<Kept>(houseCaller(org, 'job').access, {
    text: 'select size::float8 as size, store, verdict from foundation.file_content where sha256 = $1',
    values: [sha256],
  })

/** Null where the verdict that there is stands, and only has to reach files that are new. */
async function rulingOn(work: Work): Promise<Ruling | null | 'later'> {
  const { engine, wanted, kept, read } = work
  const { scanner } = engine.files
  if (kept.verdict !== 'waiting' && !wanted.again) return null
  // A scanner that was away before is asked whether it is back before anything costly is done again.
  if (wanted.tries && !(await scanner.version())) return 'later'
  const own = await ownVerdict(engine, wanted.org, kept.size, read)
  if (own.reason) return { ...own, checkedBy: null }
  if (!scanner.isSet) {
    const reason = scanner.without === 'hold' ? 'unscanned' : null
    return { ...own, reason, checkedBy: null }
  }
  const version = await scanner.version()
  const scanned = version && (await scanner.scan(read))
  return scanned ? { ...own, ...scanned, checkedBy: version } : 'later'
}

/** To their end only if they are what the content is called by: no verdict is of any others. */
async function readKept({ files }: Engine, { org, sha256 }: ContentToCheck, { size, store }: Kept): Promise<Bytes> {
  const bytes = await files.stores.of(store).read({ org, kind: 'content', sha256 })
  if (!bytes) throw new Error('Bytes that were kept are not there.')
  return wholly(bytes, { size, sha256 })
}

async function comeAgain({ jobs }: Engine, wanted: ContentToCheck): Promise<void> {
  const tries = (wanted.tries ?? 0) + 1
  const pause = Math.min(longest, shortest * 2 ** (tries - 1))
  await checkSoon({ jobs }, { ...wanted, tries }, { seconds: pause })
}

interface When {
  /** Not sooner than after so many seconds. */
  readonly seconds?: number
  /** Once this is committed. */
  readonly transaction?: Transaction
}

/** Has a content checked as soon as somebody works. While it waits it is not queued twice. */
export function checkSoon(
  { jobs }: Pick<Engine, 'jobs'>,
  wanted: ContentToCheck,
  { seconds, transaction }: When = {},
): Promise<string> {
  const startAfter = seconds ? Temporal.Now.instant().add({ seconds }).toString() : undefined
  const options = { key: `${wanted.org} ${wanted.sha256}`, ...(startAfter ? { startAfter } : {}) }
  return jobs.send(contentIsChecked, wanted, options, transaction)
}
