import { readFile } from 'node:fs/promises'
import { findOrg, type Head, type OrgVerdict, readHeads, tellFinding, verifyHouse } from '@commonhall/engine'
import { refuse, say } from '@commonhall/kernel'
import { type Command, tell, WrongUse } from './command.ts'
import { withHouse } from './open.ts'

/** Findings beyond these are counted: a trail that was replaced has one for every entry. */
const mostTold = 100

/** Proves that the audit trails are whole, or names what was done to them. */
export const auditVerifyCommand: Command = {
  name: 'audit verify',
  mayTake: ['ORG'],
  options: { head: { type: 'string' }, json: { type: 'boolean' } },
  async run({ values: { head, json }, positionals: [slug] }) {
    const heads = typeof head === 'string' ? await headsOf(head, slug) : []
    return await withHouse(async (house) => {
      if (slug !== undefined && !(await findOrg(house.engine.database, slug)))
        refuse('not_found', say('engine:access.no_org_at', { slug }))
      const { orgs, machinery } = await verifyHouse(house, slug, heads)
      const isWhole = !machinery.length && orgs.every(({ wrong }) => !wrong)
      if (json) tell(JSON.stringify({ orgs: orgs.map((org) => ({ ...org, whole: !org.wrong })), machinery }))
      else {
        for (const org of orgs) tellOrg(org)
        for (const finding of machinery) tell(tellFinding(finding))
      }
      return isWhole ? 0 : 1
    })
  },
}

/** What was typed as a head, or the heads in the file that it names. */
async function headsOf(given: string, slug: string | undefined): Promise<Head[]> {
  const isHead = /^\d+:/.test(given)
  const text = isHead ? given : await readFile(given, 'utf8').catch(() => '')
  const heads = readHeads(text, isHead ? '--head' : given)
  if (!heads.length) throw new WrongUse(say('cli:audit.bad_head', { head: given }))
  if (slug === undefined && heads.some(({ org }) => org === undefined)) throw new WrongUse(say('cli:audit.whose_head'))
  return heads
}

function tellOrg(verdict: OrgVerdict): void {
  const { wrong, head, pending, erasures, findings, heads } = verdict
  tell(wrong ? say('cli:audit.broken', { ...verdict, count: wrong }) : say('cli:audit.whole', { ...verdict }))
  for (const finding of findings.slice(0, mostTold)) tell(`  ${tellFinding(finding)}`)
  if (wrong > mostTold) tell(say('cli:audit.more', { count: wrong - mostTold }))
  for (const erasure of erasures) tell(say('cli:audit.erased', { ...erasure }))
  if (pending) tell(say('cli:audit.pending', { count: pending }))
  if (head) tell(say('cli:audit.head', { head: `${head.n}:${head.hash}` }))
  if (!heads) tell(say('cli:audit.no_heads'))
}
