import { createReadStream, statSync } from 'node:fs'
import { addWords, refuse, say } from '@commonhall/kernel'
import type { Finding, Verdict } from '@commonhall/modules/governance/verify'
import { type Command, tell } from './command.ts'

/** Findings beyond these are counted: a box that was made up has one for every ballot. */
const mostTold = 100

/** Looks whether a published box is sound, from the file alone. */
export const electionVerifyCommand: Command = {
  name: 'election verify',
  takes: ['FILE'],
  options: {
    receipt: { type: 'string', multiple: true },
    seal: { type: 'string' },
    key: { type: 'string' },
    json: { type: 'boolean' },
  },
  async run({ values, positionals: [file = ''] }) {
    const { receipt: receipts = [], seal, key, json } = values as Options
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) refuse('not_found', say('cli:election.no_file', { file }))
    const { linesOf, verifyBox, words } = await import('@commonhall/modules/governance/verify')
    addWords('verify', words)
    const verdict = await verifyBox(linesOf(createReadStream(file)), { receipts, seal, key })
    const isSound = !verdict.findings.length
    if (json) tell(JSON.stringify(asJson(verdict)))
    else tellVerdict(verdict, receipts, seal)
    return isSound ? 0 : 1
  },
}

interface Options {
  readonly receipt?: readonly string[]
  readonly seal?: string
  readonly key?: string
  readonly json?: boolean
}

const sayFinding = ({ code, params }: Finding) => say(`verify:found.${code}`, { ...params })

const asJson = ({ box, ballots, findings }: Verdict) => ({
  sound: !findings.length,
  election: box?.head.election ?? null,
  ballots,
  seal: box?.seal.found ?? null,
  findings: findings.map((finding) => ({ ...finding, message: sayFinding(finding) })),
})

function tellVerdict({ box, ballots, findings }: Verdict, receipts: readonly string[], seal?: string): void {
  if (box) tell(say('verify:of', { name: box.head.election.name, organization: box.head.organization.name }))
  if (findings.length) tell(say('verify:wrong', { count: findings.length }))
  else tell(say('verify:sound', { count: ballots }))
  for (const finding of findings.slice(0, mostTold)) tell(`  ${sayFinding(finding)}`)
  if (findings.length > mostTold) tell(say('verify:more', { count: findings.length - mostTold }))
  const missing = new Set(findings.flatMap(({ code, receipt }) => (code === 'receipt_missing' ? [receipt] : [])))
  if (box) for (const receipt of receipts) if (!missing.has(receipt)) tell(say('verify:receipt_there', { receipt }))
  if (box) tell(say('verify:seal', { seal: box.seal.found }))
  if (box && seal === undefined) tell(say('verify:compare'))
}
