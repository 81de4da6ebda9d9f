import { expect } from 'vitest'
import { patience, type Person } from './person.ts'

/** Opens the newest mail with this subject in the local mailbox, once it has come. */
export async function opensMail(person: Person, subject: string): Promise<void> {
  const isThere = async () => {
    await person.opens('/dev/mail')
    return (await person.find('link', subject).count()) > 0
  }
  await expect.poll(isThere, patience).toBe(true)
  await person.follows(subject)
}
