import { expect } from 'vitest'
import { type KeptMail, listMail } from '../../mail/transports/mailbox.ts'
import type { TestHouse, Voice } from '../../testing/index.ts'

/** The newest mail to an address, once `count` of them have come. */
export async function mailTo(house: TestHouse, email: string, count = 1): Promise<KeptMail> {
  const to = async () =>
    (await listMail(house.engine.database)).filter(({ recipient }) => recipient.toLowerCase() === email.toLowerCase())
  await expect.poll(async () => (await to()).length).toBe(count)
  return (await to())[0]!
}

/** The token of the link in a mail. */
export const tokenIn = ({ plain }: KeptMail): string => /\/(?:invitation|confirm-email)\/([\w-]{43})\b/.exec(plain)![1]!

/** The ids of an org's roles, by name. */
export async function rolesOf(admin: Voice): Promise<Record<string, string>> {
  const { data } = (await admin.get('/roles?limit=200')).json() as { data: { id: string; name: string }[] }
  return Object.fromEntries(data.map(({ id, name }) => [name, id]))
}
