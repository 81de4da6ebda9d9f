import { asOwner, type TestHouse } from '../../testing/index.ts'

export { asOwner }

/** Lets the time pass that a limit lasts. */
export const passWindow = (house: TestHouse) =>
  asOwner(house, "update foundation.sign_in_attempt set window_ends_at = now() - interval '1 second'")

/** Forgets every try, so that one test's failures are not another's. */
export const forgetTries = (house: TestHouse) => asOwner(house, 'delete from foundation.sign_in_attempt')

/** The latest lines of the journal, the newest first. */
export const journal = (house: TestHouse, most = 5) =>
  asOwner<{ what: string; email: string | null; user_id: string | null; address: string; request_id: string }>(
    house,
    `select what, email, user_id, host(address) as address, request_id
    from foundation.sign_in_event order by id desc limit $1`,
    [most],
  )

/** The same without what became of mails, which comes in between whenever they are sent. */
export const journalOfPeople = async (house: TestHouse, most = 5) =>
  (await journal(house, 2 * most + 3)).filter(({ what }) => !what.startsWith('mail-')).slice(0, most)
