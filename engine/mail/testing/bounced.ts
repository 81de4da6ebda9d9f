import type { TestHouse } from '@commonhall/engine/testing'
import { beginMail } from '../ledger.ts'

/** A mail of an org that came back, so that there is one in each of its lists. Nothing is sent. */
export async function mailedAndBounced(house: TestHouse, slug: string, email = 'ola@people.example'): Promise<void> {
  const { post, database } = house.engine
  const { org } = await house.caller(slug)
  const mail = { id: crypto.randomUUID(), org: org.id }
  const words = { subject: '', text: '', html: '' }
  await beginMail(database, { ...mail, ...words, kind: 'a.b', user: null, to: { name: 'Ola', email } })
  await post.settle(mail, 'bounced', '550')
}
