// Votes in a demo world of its own, and takes the pictures of proposals and elections on the way:
// bin/pinned docs/manual/pictures/take-elections.ts
import { Demo, type Seat } from './demo.ts'

const folder = 'governance'

async function stepOf(person: Seat, state: string, resource = 'elections'): Promise<string> {
  const rows = await person.asks(resource)
  return rows.find((one) => one['state'] === state)?.['id'] ?? ''
}

/** A member finds what is open, and votes. */
async function vote(phone: Seat): Promise<void> {
  await phone.opens('proposals')
  await phone.shows('proposals-phone', folder)
  await phone.opens(`proposals/${await stepOf(phone, 'voting', 'proposals')}`)
  await phone.shows('proposal-phone', folder)
  await phone.opens('elections')
  await phone.shows('elections-phone', folder)
  await phone.opens(`elections/${await stepOf(phone, 'voting')}/ballot`)
  await phone.page.getByRole('radio').first().check()
  await phone.presses('Next')
  await phone.presses(/as number 1/)
  await phone.presses(/as number 2/)
  await phone.presses('Check your ballot')
  await phone.presses('Cast my ballot')
  await phone.page.getByRole('heading', { name: 'Your ballot is in the box' }).waitFor()
  await phone.shows('receipt-phone', folder)
}

const demo = await Demo.raise()
try {
  await vote(await demo.seat('member', true))
  const officer = await demo.seat('officer')
  await officer.opens(`elections/${await stepOf(officer, 'voting')}/office`)
  await officer.shows('office', folder)
  await officer.opens(`elections/${await stepOf(officer, 'certified')}/results`)
  await officer.shows('results', folder)
} finally {
  await demo.end()
}
