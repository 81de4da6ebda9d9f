import { test } from 'vitest'
import { asOwner, cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const email = 'gone@people.example'
await stage.has('members', { card_number: 'LO93001', first_name: 'Gia', last_name: 'Ong', state: 'active', email })
/** As if a mail to the address had come back. */
const cameBack = async (into: string, values: string) =>
  await asOwner(
    stage.house,
    `insert into foundation.${into} select id, $1, ${values} from foundation.org where slug = 'local-100'`,
    [email],
  )
await cameBack('mail_suppression (org_id, email, reason)', "'bounced'")
await cameBack('mail_message (org_id, email, kind, state, answer)', "'members.standing-news', 'bounced', '550 5.1.1'")
const ada = await stage.browserOf(cast.admin)

test('what became of a mail is said in words, and leads to whose address it is', async () => {
  await ada.opens('/o/local-100/mails')
  await ada.arrivesAt('Outgoing mails')
  await ada.sees('Changes of your standing')
  await ada.follows(email)
  await ada.sees(/^The address is dead/)
  await ada.follows('Look for it in Members')
  await ada.arrivesAt('Members')
  await ada.sees('Ong')
})

test('an address that gets no mail says why, and gets it again', async () => {
  await ada.opens('/o/local-100/mails')
  await ada.follows('Suppressed addresses')
  await ada.arrivesAt('Suppressed addresses')
  await ada.follows(email)
  await ada.sees(/^A mail to this address came back/)
  await ada.presses('Mail again')
  await ada.sees('This address gets mail again.')
})

test('the first page tells of the address, and not of each mail', async () => {
  await ada.opens('/o/local-100')
  await ada.sees(/let mail go to/)
  await ada.seesNo(/could not deliver/)
})

test('the pages hold no barrier, on a phone neither', async () => {
  await stage.onEachDevice(cast.admin, async (eye, device) => {
    for (const path of ['mails', 'suppressed-addresses']) {
      await eye.opens(`/o/local-100/${path}`)
      await eye.follows(/gone@people/)
      await eye.arrivesAt(email)
      await eye.meetsNoBarrierInAnyLight(`${path} on a ${device}`)
      await eye.scrollsOnlyDown(path)
    }
  })
})
