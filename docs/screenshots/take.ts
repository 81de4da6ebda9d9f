// Takes the README's pictures from a demo world that runs, and leaves some traces of work in it:
// DEMO_PASSWORD=… bin/pinned docs/screenshots/take.ts http://127.0.0.1:3000
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { findChromium } from '../../bin/chromium.ts'

const [base = 'http://127.0.0.1:3000'] = process.argv.slice(2)
const password = process.env['DEMO_PASSWORD'] ?? ''

/** A roll as an old program prints it, everybody invented; some rows have a fault. */
const roll = `Book No;Name;DOB;Tel;Init Date;Paid Thru;Status
A-1001;RIVERA, Ana M.;4/12/1979;202 555 0143;6/1/2004;12/31/2026;Active
A-1002;O'BRIEN, Sean;11/3/1966;202 555 0177;3/15/1991;9/30/2026;Active
A-1003;VAN DER BERG, Lotte;2/30/1984;202 555 0120;1/10/2012;12/31/2026;Active
A-1004;NGUYEN, Thi Hoa;8/25/1990;202 555 0188;5/2/2018;12/31/2026;Active
A-1002;OBRIEN, Sean Jr.;7/19/1995;202 555 0150;2/1/2020;12/31/2026;Active
A-1005;MCALLISTER, Joan;1/8/1958;none;4/4/1983;6/30/2026;Retired
A-1006;DE LA CRUZ, Mateo;12/1/1987;202 555 0166;9/9/2015;12/31/2026;Active
`

async function send(
  token: string,
  path: string,
  payload: object,
  method: 'POST' | 'PATCH' = 'POST',
): Promise<Record<string, string>> {
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const reply = await fetch(`${base}/api/v1/${path}`, { method, headers, body: JSON.stringify(payload) })
  if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`)
  return (await reply.json()) as Record<string, string>
}

/** Some work in the org, so that its history has something to tell. Answers the member it is about. */
async function work(): Promise<string> {
  const as = async (who: string) =>
    (await send('', 'auth/login', { email: `${who}@local-100.example`, password }))['access_token'] ?? ''
  const [officer, staff] = await Promise.all([as('officer'), as('staff')])
  const person = { card_number: `LO20${String(Date.now() % 1000)}`, first_name: 'Imani', last_name: 'Okonkwo-Reyes' }
  const more = { phone: '202 555 0119', email: 'imani@members.example', birth_on: '1988-02-17', chapter: 'Harbor' }
  const { id = '' } = await send(staff, 'orgs/local-100/members', {
    ...person,
    ...more,
    classification: 'Apprentice 3',
  })
  const at = `orgs/local-100/members/${id}`
  await send(officer, `${at}/admit`, { from_on: '2026-09-01' })
  await send(staff, at, { classification: 'Journeyman', phone: '202 555 0191', joined_on: '2026-09-01' }, 'PATCH')
  await send(officer, `${at}/suspend`, { reason: 'Dues three months behind' })
  await send(officer, `${at}/reinstate`, { reason: 'Paid in full' })
  return id
}

async function signIn(browser: Browser, email: string, phone = false): Promise<Page> {
  const page = await browser.newPage({
    viewport: phone ? { width: 390, height: 780 } : { width: 1280, height: 800 },
    deviceScaleFactor: phone ? 2 : 1,
    colorScheme: 'light',
    locale: 'en-US',
  })
  await page.goto(`${base}/login`)
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/o\//)
  return page
}

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle')
  // What has just arrived may still be fading in.
  await page.waitForTimeout(500)
  await page.screenshot({ path: join(import.meta.dirname, `${name}.png`) })
}

async function visit(page: Page, address: string, name: string): Promise<void> {
  await page.goto(`${base}/o/${address}`)
  await shoot(page, name)
}

async function importRoll(page: Page): Promise<void> {
  await page.goto(`${base}/o/local-100/members/import`)
  const file = { name: 'roll.csv', mimeType: 'text/csv', buffer: Buffer.from(roll) }
  await page.locator('input[type=file]').first().setInputFiles(file)
  await page.getByText('Book No').waitFor()
  await shoot(page, 'import')
  await page.getByRole('button', { name: 'Try it' }).click()
  await page.getByText('Rows with a fault').waitFor()
  await shoot(page, 'faults')
}

const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: ['--no-sandbox'] })
try {
  const member = await work()
  const local = await signIn(browser, 'officer@local-100.example')
  await visit(local, 'local-100/members', 'list')
  await visit(local, `local-100/members/${member}`, 'record')
  await importRoll(local)
  const phone = await signIn(browser, 'staff@riverside.example', true)
  await visit(phone, 'riverside/units', 'phone')
} finally {
  await browser.close()
}
