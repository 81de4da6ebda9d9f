import { expect, test } from 'vitest'
import { asOwner, cast, castPassword } from '@commonhall/engine/testing'
import { opensMail } from './mail.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const subject = 'Your invitation to Harbor Trades Local 100'

/** The admin invites somebody as staff; answers the invitation's id. */
async function invites(email: string, name: string): Promise<string> {
  const [role] = await asOwner<{ id: string }>(
    stage.house,
    `select r.id from foundation.role r join foundation.org o on o.id = r.org_id
    where o.slug = 'local-100' and r.name = 'staff'`,
  )
  const { id } = await stage.has('invitations', { email, name, roles: [role?.id] }, cast.admin)
  return id
}

test('somebody new gets a mail, chooses a name and a password, and is on the first page', async () => {
  await invites('mira@somewhere.example', 'Mira Castellanos')
  const mira = await stage.stranger()
  mira.trouble.expect(/^422 POST .*\/accept$/)
  await opensMail(mira, subject)
  await mira.follows(/\/invitation\//)
  await mira.arrivesAt('Join Harbor Trades Local 100')
  await expect.poll(() => mira.reads('Your name')).toBe('Mira Castellanos')
  await mira.types('Choose a password', 'password1234')
  await mira.presses('Join Harbor Trades Local 100')
  await mira.sees('The password lacks')
  await mira.types('Your name', 'Mira Castellanos-Ray')
  await mira.types('Choose a password', 'Nine-Quiet-Herons-47')
  await mira.presses('Join Harbor Trades Local 100')
  await mira.arrivesAt('Harbor Trades Local 100')
  await mira.seesA('button', 'Mira Castellanos-Ray, account menu')
  await mira.follows('Members')
  await mira.sees('of 240 members')
})

test('a used invitation says so, and leads to signing in', async () => {
  const mira = await stage.stranger()
  mira.trouble.expect(/^4\d\d GET .*\/auth\/invitations\//)
  await opensMail(mira, subject)
  await mira.follows(/\/invitation\//)
  await mira.arrivesAt('This invitation cannot be used')
  await mira.sees('This invitation has been accepted already.')
  await mira.follows('Sign in')
  await mira.arrivesAt('Sign in')
})

test('whoever has an account signs in with it, comes back, and joins', async () => {
  await invites(cast.stranger, 'Nadia Voss')
  const nadia = await stage.stranger()
  nadia.trouble.expect(/^401 POST .*\/accept$/)
  await opensMail(nadia, subject, cast.stranger)
  await nadia.follows(/\/invitation\//)
  await nadia.sees(`You already have an account with ${cast.stranger}.`)
  await nadia.presses('Join Harbor Trades Local 100')
  await nadia.arrivesAt('Sign in')
  await nadia.sees(`Sign in with ${cast.stranger} to join Harbor Trades Local 100.`)
  await nadia.types('E-mail', cast.stranger)
  await nadia.types('Password', castPassword)
  await nadia.presses('Sign in')
  await nadia.arrivesAt('Join Harbor Trades Local 100')
  await nadia.presses('Join Harbor Trades Local 100')
  await nadia.isAt(/\/o\/local-100$/)
  await nadia.arrivesAt('Harbor Trades Local 100')
})

test('an invitation that was taken back opens nothing', async () => {
  const id = await invites('late@somewhere.example', 'Lars Late')
  const lars = await stage.stranger()
  lars.trouble.expect(/^4\d\d GET .*\/auth\/invitations\//)
  await opensMail(lars, subject, 'late@somewhere.example')
  const reply = await (await stage.house.as(cast.admin)).post(`/invitations/${id}/revoke`, {})
  expect(reply.statusCode, reply.body).toBeLessThan(300)
  await lars.follows(/\/invitation\//)
  await lars.arrivesAt('This invitation cannot be used')
})
