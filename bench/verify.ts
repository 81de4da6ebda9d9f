import { spawn } from 'node:child_process'
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign, verify } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { count, readRules } from '@commonhall/modules/governance/counting'
import { atMost, type Line, median } from './line.ts'

const ballots = 10_000
const rounds = 3
const padding = { padding: 6, saltLength: 48 } as const
const candidates = Array.from({ length: 8 }, (_, index) => ({ id: `c${index + 1}`, name: `Candidate ${index + 1}` }))
const counting = { method: 'irv', candidates: candidates.map(({ id }) => id), tie_break: { mode: 'candidate-order' } }

interface Signed {
  readonly message: Buffer
  readonly signature: Buffer
}

/** The whole command on a box of 10,000 ranked ballots, beside checking their blind signatures and nothing else. */
export async function measureVerify(): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'commonhall-verify-'))
  try {
    const file = join(folder, 'box.jsonl')
    const { key, signed } = writeBox(file)
    const ours: number[] = []
    const bare: number[] = []
    for (let round = 0; round < rounds; round++) {
      ours.push(await timed(['election', 'verify', file]))
      const begun = performance.now()
      for (const one of signed) verify('sha384', one.message, { key, ...padding }, one.signature)
      bare.push((performance.now() - begun) / 1000)
    }
    const limit = { name: 's for the blind signatures alone', value: median(bare) }
    return [{ name: '10,000 ballots verified', unit: 's', ours: median(ours), limit, bar: atMost(10) }]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function timed(args: readonly string[]): Promise<number> {
  const begun = performance.now()
  return new Promise((done, fail) => {
    const child = spawn('bin/commonhall', args, { stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('error', fail)
    child.on('exit', (code) =>
      code ? fail(new Error(`The verifier ended with ${code}.`)) : done((performance.now() - begun) / 1000),
    )
  })
}

/** A box as it is published. What is blind of the signatures cannot be seen in it: they are made the plain way. */
function writeBox(path: string): { readonly key: KeyObject; readonly signed: Signed[] } {
  const { publicKey: key, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const der = key.export({ format: 'der', type: 'spki' })
  const signed: Signed[] = []
  const marks: { ranks: string[][] }[] = []
  const lines = Array.from({ length: ballots }, (_, number) => {
    const own = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const token = own.publicKey.export({ format: 'der', type: 'spki' }).subarray(-65)
    const prefix = randomBytes(32)
    const message = Buffer.concat([prefix, token])
    const signature = sign('sha384', message, { key: privateKey, ...padding })
    signed.push({ message, signature })
    const ranks = Array.from({ length: 4 }, (_rank, place) => [
      `c${((number * 7 + place * 3) % candidates.length) + 1}`,
    ])
    const mark = { ranks: ranks.filter(([id], at) => ranks.findIndex(([other]) => other === id) === at) }
    marks.push(mark)
    const ballot = JSON.stringify({ election: 'e', choices: { q: mark }, salt: randomBytes(16).toString('hex') })
    const seal = sign('sha256', Buffer.from(ballot), { key: own.privateKey, dsaEncoding: 'ieee-p1363' })
    const receipt = createHash('sha256').update(ballot).digest('hex')
    const [spelled, proof, blind, by] = [token, prefix, signature, seal].map((bytes) => bytes.toString('base64url'))
    const proofs = { token: spelled, prefix: proof, signature: blind, ballot, ballot_signature: by, receipt }
    return { record: 'ballot', origin: 'online', ...proofs }
  })
  const head = {
    record: 'election',
    format: 'commonhall-box/1',
    organization: { slug: 'local-100', name: 'Local 100' },
    election: { id: 'e', name: 'Officers' },
    key: der.toString('base64'),
    key_fingerprint: createHash('sha256').update(der).digest('hex'),
    contests: [{ id: 'q', name: 'President', candidates, counting }],
    counters: { ...none, eligible: ballots, issued: ballots, cast: ballots },
  }
  const result = { record: 'result', contest: 'q', count: count(readRules(counting), marks) }
  const box = [head, ...lines, result].map((line) => `${JSON.stringify(line)}\n`).join('')
  const sha256 = createHash('sha256').update(box).digest('hex')
  writeFileSync(path, `${box}${JSON.stringify({ record: 'seal', sha256 })}\n`)
  return { key, signed }
}

const none = {
  paper_given: 0,
  paper_counted: 0,
  void: 0,
  spoiled: 0,
  challenged: 0,
  challenged_accepted: 0,
  challenged_rejected: 0,
}
