import type pg from 'pg'
import { entryDigest, type RawEntry, type Seal, sealHash, whatDigest, whoDigest } from './digest.ts'
import { type Erasure, Erasures } from './erasures.ts'
import type { Finding } from './finding.ts'
import type { Head } from './heads.ts'
import { type Mismatch, misplaced, swapped } from './order.ts'
import { RawTrail } from './raw.ts'
import { Timeline } from './timeline.ts'

/** What came out. The trail is whole when there are no findings. */
export interface Verdict {
  /** How many entries stand in seals, and how many came since the last. */
  readonly entries: number
  readonly pending: number
  readonly seals: number
  readonly head: { readonly n: number; readonly hash: string } | null
  /** How many published heads it was held against. */
  readonly heads: number
  readonly erasures: readonly Erasure[]
  readonly findings: readonly Finding[]
  /** How many there are, where they are too many to name. */
  readonly wrong: number
}

const mostFindings = 1000

/**
 * Recomputes a whole trail from its tables' raw columns, a seal at a time, and holds it against heads that were
 * published. Trusts no function of the database.
 */
export async function verifyTrail(client: pg.ClientBase, org: string, heads: readonly Head[]): Promise<Verdict> {
  const trail = new RawTrail(client, org)
  await trail.open()
  try {
    return await new Verification(org, trail).run(heads)
  } finally {
    await trail.close()
  }
}

class Verification {
  readonly #org: string
  readonly #trail: RawTrail
  readonly #timeline = new Timeline()
  readonly #findings: Finding[] = []
  readonly #hashes = new Map<number, string>()
  readonly #changed: Seal[] = []
  readonly #mismatches: (Mismatch & { readonly seal: number })[] = []
  #erasures = new Erasures([])
  #wrong = 0
  #entries = 0
  #last: Seal | undefined

  constructor(org: string, trail: RawTrail) {
    this.#org = org
    this.#trail = trail
  }

  async run(given: readonly Head[]): Promise<Verdict> {
    this.#erasures = new Erasures(await this.#trail.erasures())
    const heads = [...given, ...(await this.#trail.heads()).map((head) => ({ ...head, source: 'database' }))]
    const wanted = new Set(heads.map(({ n }) => n))
    let before: { seal: Seal; found: Promise<Map<string, RawEntry>> } | undefined
    for await (const seal of this.#trail.seals()) {
      // While these are being hashed, the next ones are on their way.
      const found = this.#trail.entries(seal.ids)
      found.catch(() => {})
      if (before) this.#check(before.seal, await before.found)
      before = { seal, found }
      if (wanted.has(Number(seal.n))) this.#hashes.set(Number(seal.n), seal.hash)
    }
    if (before) this.#check(before.seal, await before.found)
    this.#tellMismatches()
    for (const seal of this.#changed) {
      const others = this.#changed.filter((one) => one !== seal)
      this.#find({ kind: misplaced(this.#org, seal, others) ? 'reordered' : 'seal_changed', seal: Number(seal.n) })
    }
    for (const id of await this.#trail.twice()) this.#find({ kind: 'twice', entry: id })
    const pending = await this.#checkUnsealed()
    const { erasures, wrong } = await this.#erasures.told((ids) => this.#trail.entries(ids))
    for (const cause of wrong) this.#find({ kind: 'erasure', entry: cause })
    for (const head of heads) this.#checkHead(head)
    const head = this.#last ? { n: Number(this.#last.n), hash: this.#last.hash } : null
    const seals = head?.n ?? 0
    const counts = { entries: this.#entries, pending, seals, heads: heads.length, wrong: this.#wrong }
    return { ...counts, head, erasures, findings: this.#findings }
  }

  #check(seal: Seal, found: ReadonlyMap<string, RawEntry>): void {
    this.#checkSeal(seal)
    this.#checkEntries(seal, found)
    this.#timeline.pass(seal)
    this.#last = seal
  }

  #checkSeal(seal: Seal): void {
    const n = Number(seal.n)
    const next = Number(this.#last?.n ?? 0) + 1
    if (n !== next) this.#find({ kind: 'seal_missing', seal: next, detail: String(n - 1) })
    else if (seal.previous !== (this.#last?.hash ?? null)) this.#find({ kind: 'chain_broken', seal: n })
    if (sealHash(this.#org, seal) !== seal.hash) this.#changed.push(seal)
  }

  #checkEntries(seal: Seal, found: ReadonlyMap<string, RawEntry>): void {
    const at = Number(seal.n)
    for (const [place, id] of seal.ids.entries()) {
      const entry = found.get(id)
      if (!entry) {
        this.#find({ kind: 'deleted', seal: at, entry: id })
        continue
      }
      this.#entries += 1
      const sealed = seal.digests.slice(64 * place, 64 * place + 64)
      // What an entry says of its time counts only when it is what was sealed.
      if (!this.#matches(entry, sealed, at)) continue
      const untimely = this.#timeline.judge(entry, seal.system)
      if (untimely) this.#find({ kind: untimely, seal: at, ...about(entry) })
    }
  }

  /** An entry beside its digest; what was erased is taken from the erasure, as long as nothing stands in its place. */
  #matches(entry: RawEntry, sealed: string, seal: number): boolean {
    const whoGone = entry.who_salt === null && entry.actor_name === null && entry.address === null
    const whatGone = entry.salt === null && entry.old === null && entry.new === null
    const erased = { who: this.#erasures.of(entry, 'who'), what: this.#erasures.of(entry, 'what') }
    const who = (whoGone && erased.who) || whoDigest(entry)
    const what = (whatGone && erased.what) || whatDigest(entry)
    if (entryDigest(entry, who, what) === sealed) return true
    if ((whoGone && !erased.who) || (whatGone && !erased.what)) this.#find({ kind: 'erased', seal, ...about(entry) })
    else if (this.#mismatches.length < mostFindings) this.#mismatches.push({ entry, who, what, sealed, seal })
    else this.#wrong += 1
    return false
  }

  /** What does not match is called edited, unless it has only changed places. */
  #tellMismatches(): void {
    const moved = swapped(this.#mismatches)
    for (const { entry, seal } of this.#mismatches)
      this.#find({ kind: moved.has(entry.id ?? '') ? 'reordered' : 'edited', seal, ...about(entry) })
  }

  async #checkUnsealed(): Promise<number> {
    const system = await this.#trail.system()
    let pending = 0
    for (const entry of await this.#trail.unsealed(mostFindings)) {
      const untimely = this.#timeline.judge(entry, system)
      if (untimely) this.#find({ kind: untimely, ...about(entry) })
      else pending += 1
    }
    return pending
  }

  #checkHead({ n, hash, source }: Head): void {
    const have = this.#hashes.get(n)
    if (have === hash) return
    const kind = n > Number(this.#last?.n ?? 0) ? 'truncated' : 'rewritten'
    this.#find({ kind, seal: n, detail: source })
  }

  #find(finding: Finding): void {
    this.#wrong += 1
    if (this.#findings.length < mostFindings) this.#findings.push(finding)
  }
}

const about = ({ id, at, act, resource, record }: RawEntry) => ({
  entry: id ?? '',
  at: `${(at ?? '').slice(0, 19).replace(' ', 'T')}Z`,
  act: act ?? '',
  resource: resource ?? '',
  record,
})
