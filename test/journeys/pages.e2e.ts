import { join } from 'node:path'
import { describe, test } from 'vitest'
import { asOwner, cast, castPassword, eventually } from '@commonhall/engine/testing'
import { listMail } from '../../engine/mail/transports/mailbox.ts'
import { addApp } from '../../engine/sign-in/testing/factors.ts'
import type { Person } from './person.ts'
import { raiseStage, type Looks } from './stage.ts'

const stage = await raiseStage()
await stage.seatIn(cast.officer, 'riverside', 'Riverside Housing Cooperative')
const ada = await stage.has('members', {
  card_number: 'LO70001',
  first_name: 'Ada',
  last_name: 'Aalto',
  state: 'active',
})
const record = `/o/local-100/members/${ada.id}`

const { token } = await stage.house.as(cast.treasurer)
await addApp(stage.house.app, token)

/** Somebody new is invited; answers the path in their mail. */
async function invitation(): Promise<string> {
  const { database } = stage.house.engine
  const [role] = await asOwner<{ id: string }>(
    stage.house,
    `select r.id from foundation.role r join foundation.org o on o.id = r.org_id
    where o.slug = 'local-100' and r.name = 'staff'`,
  )
  await stage.has('invitations', { email: 'new@x.example', name: 'Noor New', roles: [role?.id] }, cast.admin)
  return await eventually(async () => {
    const mail = (await listMail(database)).find(({ recipient }) => recipient === 'new@x.example')
    if (!mail) throw new Error('No invitation was mailed.')
    return /\/invitation\/[\w-]+/.exec(mail.plain)?.[0] ?? ''
  })
}

interface Place {
  readonly name: string
  readonly path: string
  /** Waits until the page is there, after doing what it takes to see the part that is meant. */
  readonly show: (person: Person) => Promise<void>
}

const title = (text: string | RegExp) => (person: Person) => person.arrivesAt(text)

/** The page, and then what opens over it when some keys are hit. */
const over =
  (text: string, ...keys: readonly string[]) =>
  async (person: Person) => {
    await person.arrivesAt(text)
    await person.hits(...keys)
    await person.seesA('dialog')
  }

const outside: readonly Place[] = [
  { name: 'sign in', path: '/login', show: title('Sign in') },
  { name: 'forgot password', path: '/forgot-password', show: title('Forgot your password?') },
  { name: 'reset password', path: '/reset-password/some-token', show: title('Choose a new password') },
  {
    name: 'second step of signing in',
    path: '/login',
    async show(person) {
      await person.types('E-mail', cast.treasurer)
      await person.types('Password', castPassword)
      await person.presses('Sign in')
      await person.arrivesAt('One more step')
    },
  },
  { name: 'invitation', path: await invitation(), show: title('Join Harbor Trades Local 100') },
  { name: 'invitation that is none', path: '/invitation/none', show: title('This invitation cannot be used') },
  { name: 'the end of an e-mail', path: '/unsubscribe/none', show: title('This link cannot be used') },
  { name: 'confirm an address', path: '/confirm-email/none', show: title('Confirm your e-mail address') },
  {
    name: 'confirm with a used link',
    path: '',
    async show(person) {
      await person.presses('Confirm the address')
      await person.arrivesAt('This link cannot be used')
    },
  },
  {
    name: 'a refusal',
    path: '/login',
    async show(person) {
      await person.types('E-mail', 'nobody@nowhere.example')
      await person.types('Password', 'Nothing-works-1')
      await person.presses('Sign in')
      await person.seesA('alert')
    },
  },
]

const inside: readonly Place[] = [
  { name: 'home', path: '/o/local-100', show: title('Harbor Trades Local 100') },
  { name: 'home of a co-op', path: '/o/riverside', show: title('Riverside Housing Cooperative') },
  {
    name: 'list',
    path: '/o/local-100/members?filter[state]=suspended&q=a',
    show: (person) => person.sees(/ members are shown$/),
  },
  { name: 'empty list', path: '/o/local-100/households', show: (person) => person.sees('No households yet') },
  {
    name: 'search without result',
    path: '/o/local-100/members?q=qqqq',
    show: (person) => person.sees('No members match'),
  },
  { name: 'list of units', path: '/o/riverside/units', show: (person) => person.sees('All 36 units are shown') },
  {
    name: 'filter',
    path: '/o/local-100/members?q=aalto',
    async show(person) {
      await person.in('group', 'Filters').presses('Joined')
      await person.seesA('dialog')
    },
  },
  { name: 'record', path: record, show: title('Aalto, Ada') },
  {
    name: 'acts of a record',
    path: record,
    async show(person) {
      await person.presses('More acts')
      await person.seesA('menuitem', 'Suspend')
    },
  },
  {
    name: 'an act that asks',
    path: record,
    async show(person) {
      await person.presses('More acts')
      await person.picks('Suspend')
      await person.seesA('dialog', 'Suspend')
    },
  },
  { name: 'new record', path: '/o/local-100/members/new', show: title('New member') },
  {
    name: 'form with errors',
    path: '/o/local-100/members/new',
    async show(person) {
      await person.presses('Create member')
      await person.seesA('alert', '3 things need your attention')
    },
  },
  { name: 'new occupancy', path: '/o/riverside/occupancies/new', show: title('New occupancy') },
  { name: 'edit', path: `${record}/edit`, show: title('Edit Aalto, Ada') },
  { name: 'imports', path: '/o/local-100/imports', show: title('Imports') },
  { name: 'import: file', path: '/o/local-100/members/import', show: title('Import members') },
  {
    name: 'import: columns',
    path: '/o/local-100/members/import',
    async show(person) {
      await person.gives('File to import', join(import.meta.dirname, '../rolls/roll-messy.csv'))
      await person.sees('Each column of the file and where it goes.')
    },
  },
  {
    name: 'import: tried',
    path: '',
    async show(person) {
      await person.presses('Try it')
      await person.sees('Rows that can come in')
    },
  },
  { name: 'audit', path: '/o/local-100/audit', show: title('Audit trail') },
  { name: 'people', path: '/o/local-100/people', show: (person) => person.sees(/ people are shown$/) },
  { name: 'roles', path: '/o/local-100/roles', show: (person) => person.sees('Needs a second step') },
  { name: 'report', path: '/o/riverside/reports/housing.vacancies', show: title('Vacant units') },
  { name: 'inbox', path: '/o/local-100/inbox', show: title('Notifications') },
  {
    name: 'newest notifications',
    path: '',
    async show(person) {
      await person
        .find('button', /^Notifications/)
        .first()
        .click()
      await person.seesA('dialog', 'Notifications')
    },
  },
  { name: 'notification settings', path: '/o/local-100/inbox/settings', show: (person) => person.sees('Quiet hours') },
  { name: 'account', path: '/account', show: title('Your account') },
  {
    name: 'account: what is being set up',
    path: '/account',
    async show(person) {
      await person.presses('Add a passkey')
      await person.presses('Set up the app')
      await person.presses('Change the address')
      await person.seesA('img', /^QR code/)
    },
  },
  { name: 'a second step is needed', path: '/second-step', show: title('A second step is needed') },
  {
    name: 'is it you?',
    path: '/account',
    async show(person) {
      await asOwner(stage.house, "update foundation.session set proved_at = proved_at - interval '1 hour'")
      await person.presses('Change the address')
      await person.types('New e-mail address', 'otis@elsewhere.example')
      await person.presses('Send the link')
      await person.seesA('dialog', 'Is it you?')
      await person.seesA('button', 'Go on')
    },
  },
  { name: 'help', path: '/o/local-100', show: over('Harbor Trades Local 100', '?') },
  { name: 'palette', path: '/o/local-100', show: over('Harbor Trades Local 100', 'Control+k') },
  { name: 'nothing at an address', path: '/o/local-100/nonsense', show: (person) => person.sees('Not found') },
  { name: 'no such org', path: '/o/nowhere/members', show: (person) => person.sees('Not found') },
  { name: 'nothing at all', path: '/nonsense', show: (person) => person.sees('Not found') },
]

/** Looks at a place as it is in light and in dark. */
async function inspect(person: Person, { name, path, show }: Place): Promise<void> {
  if (path) await person.opens(path)
  await show(person)
  await person.seesAllThere()
  await person.scrollsOnlyDown(name)
  await person.meetsNoBarrierInAnyLight(name)
}

const devices: readonly Looks[] = [{ device: 'desktop' }, { device: 'phone' }]

/** Each place is looked at on both devices side by side: two cores carry two pages. */
const everywhere = (people: readonly Person[]) => async (place: Place) => {
  await Promise.all(people.map((person) => inspect(person, place)))
}

describe('nothing keeps anybody out, on a desktop and on a phone, in light and in dark:', async () => {
  const strangers = await Promise.all(devices.map((looks) => stage.stranger(looks)))
  for (const { trouble } of strangers)
    trouble.expect(/^4(01|29) POST .*\/auth\/login$/, /^4\d\d (GET|POST) .*\/(auth\/(invitations|email)|unsubscribe)\//)
  test.each(outside)('$name', everywhere(strangers))

  const officers = [await stage.browserOf(cast.officer), await stage.browserOf(cast.officer, { device: 'phone' })]
  for (const { trouble } of officers)
    trouble.expect(/^404 GET /, /^403 POST .*\/email\/change$/, /^console: Problem: There is no such organization/)
  test.each(inside)('$name', everywhere(officers))
})
