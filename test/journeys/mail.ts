import { expect } from 'vitest'
import type { Person } from './person.ts'

/** Opens the newest mail with this subject in the local mailbox, once it has come: to somebody, or to anybody. */
export async function opensMail(person: Person, subject: string, to = ''): Promise<void> {
  const mail = person.page.getByRole('listitem').filter({ hasText: to }).getByRole('link', { name: subject })
  const isThere = async () => {
    await person.opens('/dev/mail')
    return (await mail.count()) > 0
  }
  await expect.poll(isThere).toBe(true)
  await mail.first().click()
}
