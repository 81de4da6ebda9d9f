import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { say } from '@commonhall/kernel'
import { asHouse } from '../database/access.ts'
import type { Engine } from '../engine.ts'
import type { HouseJob } from '../jobs/index.ts'
import { auditHead } from '../mail/letters/audit-head.ts'
import { mailOf } from '../mail/mail-of.ts'
import { mailTerms, type Post } from '../mail/post.ts'
import { headsFolder } from './heads.ts'
import { type AuditedOrg, forEveryOrg, sealIn } from './seal.ts'

export interface PublishedHead {
  readonly n: number
  readonly hash: string
  readonly entries: number
  readonly published_at: string
}

interface Witnessed {
  readonly org: string
  readonly org_id?: string
  readonly head: PublishedHead
  readonly to: string
}

const mailJob = 'audit.mail-head'

interface MailHeadNeeds {
  readonly post: Pick<Post, 'send'>
  readonly settings: { readonly publicUrl: string }
}

/**
 * Publishes the heads of all trails once a day: into a file that is only added to, the log, the database, and by mail
 * to those whom an org has chosen. Whoever holds one of these can tell later whether the trail up to it has been
 * touched.
 */
export const publishHeads = (engine: Engine): HouseJob => ({
  name: 'audit.publish-heads',
  schedule: '10 4 * * *',
  run: () => forEveryOrg(engine, async (org) => void (await publishHead(engine, org))),
})

/** Publishes the head of one org's trail, if it has moved since the last time. */
export async function publishHead(engine: Engine, org: AuditedOrg): Promise<PublishedHead | undefined> {
  const { database, settings, log, jobs } = engine
  const head = await database.transaction(asHouse(org.id), async (transaction) => {
    await sealIn(transaction)
    const { rows } = await transaction.query<PublishedHead & Record<string, unknown>>(
      `select n, encode(hash, 'hex') as hash, entries, published_at from foundation.publish_audit_head()`,
    )
    const [published] = rows
    if (!published) return undefined
    for (const to of org.witnesses)
      await jobs.send(
        mailJob,
        { org: org.name, org_id: org.id, head: published, to } satisfies Witnessed,
        {},
        transaction,
      )
    // Should the commit fail, the file has a head too many, and a true one: its seals were made before.
    await keepHead(settings.dataDir, org, published)
    return published
  })
  if (head) log.info({ org: org.slug, n: head.n, hash: head.hash, entries: head.entries }, 'audit head published')
  return head
}

/** Adds a line to the org's file, and comes back when the disk has it. */
async function keepHead(dataDir: string, { id, slug }: AuditedOrg, head: PublishedHead): Promise<void> {
  const folder = headsFolder(dataDir)
  await mkdir(folder, { recursive: true })
  const file = await open(join(folder, `${slug}.txt`), 'a', 0o644)
  try {
    await file.write(`${head.published_at} ${id} ${head.n}:${head.hash} ${head.entries} entries\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Mails a head to one witness. */
export const mailHead = ({ post, settings: { publicUrl } }: MailHeadNeeds): HouseJob<Witnessed> => ({
  ...mailTerms,
  name: mailJob,
  async run({ org, org_id = null, head: { n, hash, entries, published_at: at }, to }, run) {
    await post.send({
      ...mailOf(
        { name: '', email: to },
        auditHead,
        { head: `${n}:${hash}`, entries, day: at.slice(0, 10) },
        { publicUrl, org: { name: org, url: publicUrl }, why: say('engine:chain.mail.why', { org }) },
      ),
      id: run?.id,
      kind: auditHead.name,
      org: org_id,
      user: null,
    })
  },
})
