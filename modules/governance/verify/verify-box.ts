import { readRules, type Rules } from '../counting/index.ts'
import { ballotOf, type Counted } from './ballot-of.ts'
import type { BallotInFile, BoxFile } from './box-file.ts'
import { checkCounters } from './check-counters.ts'
import { type Finding, Unreadable } from './finding.ts'
import { electionKey, fingerprintOf, hashOf, isIssued, isOwn } from './proofs.ts'
import { checkRules } from './check-rules.ts'
import { readBox } from './read-box.ts'
import { type ReadBallot, recount } from './recount.ts'

/** What somebody holds besides the file, and got in another way. */
export interface Held {
  /** Receipts of ballots that must be in the box. */
  readonly receipts?: readonly string[]
  /** The seal as it was published. */
  readonly seal?: string | undefined
  /** The fingerprint of the key as it was published when voting opened. */
  readonly key?: string | undefined
}

export interface Verdict {
  /** In the order in which they were found; none, and the box is sound. */
  readonly findings: readonly Finding[]
  /** Null where the file could not be read. */
  readonly box: Pick<BoxFile, 'head' | 'seal'> | null
  readonly ballots: number
}

/**
 * Looks whether a published box is sound: every ballot was issued by the election and is as its voter cast it, none is
 * there twice, none is missing as far as counters, receipts and seals tell, and every contest counts to what is
 * published. It needs nothing but the file.
 */
export async function verifyBox(lines: AsyncIterable<string>, held: Held = {}): Promise<Verdict> {
  try {
    const box = await readBox(lines)
    const ballots = ballotsIn(box)
    const findings = [
      ...ballots.findings,
      ...checkCounters(box),
      ...checkSeals(box, held),
      ...checkKey(box, held),
      ...checkRules(box.head),
      ...checkReceipts(box, held),
      ...checkTallies(box, ballots),
    ]
    return { findings, box: { head: box.head, seal: box.seal }, ballots: box.ballots.length }
  } catch (error) {
    if (error instanceof Unreadable) return { findings: [error.finding], box: null, ballots: 0 }
    throw error
  }
}

interface Looked {
  readonly findings: readonly Finding[]
  readonly contests: readonly Counted[]
  readonly read: readonly ReadBallot[]
}

/** @throws Unreadable where the rules of a contest contradict themselves. */
function ballotsIn({ head, ballots }: BoxFile): Looked {
  const contests = head.contests.map((contest) => ({ ...contest, rules: rulesOf(contest) }))
  const findings: Finding[] = []
  const read: ReadBallot[] = []
  const key = electionKey(head)
  const isAsked = ballots.some(({ origin }) => origin === 'online')
  if (!key && isAsked) findings.push({ code: 'key', line: 1, params: {} })
  if (key && fingerprintOf(key) !== head.key_fingerprint)
    findings.push({ code: 'fingerprint', line: 1, params: { found: fingerprintOf(key) } })
  const seen = new Map<string, number>()
  for (const ballot of ballots) {
    const { line, receipt } = ballot
    const wrong = proofsOf(ballot, key, seen)
    const marks = ballotOf(head.election.id, contests, ballot)
    const bad = 'code' in marks ? [{ code: marks.code, line, receipt, params: { contest: marks.contest } }] : []
    if (!('code' in marks)) read.push({ marks, isSound: !wrong.length })
    findings.push(...wrong, ...bad)
  }
  return { findings: findings.map(withLine), contests, read }
}

const withLine = (finding: Finding): Finding => ({
  ...finding,
  params: { line: finding.line ?? 0, receipt: finding.receipt ?? '', ...finding.params },
})

function rulesOf({ counting, name }: { readonly counting: unknown; readonly name: string }): Rules {
  try {
    return readRules(counting)
  } catch (error) {
    throw new Unreadable({ code: 'unreadable', line: 1, params: { line: 1, contest: name, why: String(error) } })
  }
}

/** What speaks against a ballot by itself. `seen` has the lines of those before it, by token and by receipt. */
function proofsOf(ballot: BallotInFile, key: ReturnType<typeof electionKey>, seen: Map<string, number>): Finding[] {
  const { line, receipt, origin, token } = ballot
  const found: Finding[] = []
  const note = (code: Finding['code'], params: Finding['params'] = {}) => found.push({ code, line, receipt, params })
  // A token is what its bytes are, however they are spelled.
  const spent = `token ${Buffer.from(token, 'base64url').toString('hex')}`
  const before = seen.get(`receipt ${receipt}`) ?? (origin === 'online' ? seen.get(spent) : undefined)
  if (before === undefined) seen.set(`receipt ${receipt}`, line).set(spent, line)
  else note('duplicate', { before })
  if (origin === 'online' && key && !isIssued(key, ballot)) note('added')
  else if (origin === 'online' && !isOwn(ballot)) note('changed')
  if (hashOf(ballot.ballot) !== receipt) note('receipt')
  return found
}

function checkSeals({ seal, archive }: BoxFile, held: Held): Finding[] {
  const found: Finding[] = []
  if (seal.said !== seal.found) found.push({ code: 'seal', params: { ...seal } })
  if (archive && archive.said !== archive.found) found.push({ code: 'archive_seal', params: { ...archive } })
  if (held.seal !== undefined && held.seal.toLowerCase() !== seal.found)
    found.push({ code: 'published_seal', params: { said: held.seal, found: seal.found } })
  return found
}

function checkKey({ head }: BoxFile, { key }: Held): Finding[] {
  const found = electionKey(head)
  const fingerprint = found ? fingerprintOf(found) : ''
  if (key === undefined || key.toLowerCase() === fingerprint) return []
  return [{ code: 'published_key', params: { said: key, found: fingerprint } }]
}

function checkReceipts({ ballots }: BoxFile, { receipts = [] }: Held): Finding[] {
  // By what the ballots are, and not by what the file calls them.
  const there = receipts.length ? new Set(ballots.map(({ ballot }) => hashOf(ballot))) : new Set<string>()
  return receipts
    .filter((receipt) => !there.has(receipt.toLowerCase()))
    .map((receipt) => ({ code: 'receipt_missing', receipt, params: { receipt } }))
}

function checkTallies({ results }: BoxFile, { contests, read }: Looked): Finding[] {
  const found: Finding[] = []
  for (const contest of contests) {
    if (results.has(contest.id)) found.push(...recount(contest, read, results.get(contest.id)))
    else found.push({ code: 'uncounted', params: { contest: contest.name } })
  }
  for (const id of results.keys())
    if (!contests.some((contest) => contest.id === id)) found.push({ code: 'unknown_result', params: { contest: id } })
  return found
}
