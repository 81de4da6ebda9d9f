import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { paper } from '../../engine/files/previews/testing/paper.ts'
import { photo } from '../../engine/files/previews/testing/photos.ts'
import type { Person } from './person.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const otis = await stage.browserOf(cast.officer)
/** Whose record it is: may read it, and change nothing of it. */
const mia = await stage.browserOf(cast.member, { device: 'phone', scheme: 'dark' })

const catalog = await (await stage.house.as(cast.member)).get('/catalog')
const own = catalog.json<{ actor: { own_record: string } }>().actor.own_record
const record = `/o/local-100/members/${own}`

const section = (person: Person) => person.in('region', /^Files/)

interface Given {
  readonly name: string
  readonly bytes: Buffer
}

/** Lets files fall on the page, or on what the selector finds. */
async function drops(page: Page, given: readonly Given[], on = 'main'): Promise<void> {
  const packed = given.map(({ name, bytes }) => ({ name, text: bytes.toString('base64') }))
  await page.evaluate(
    ([files, selector]) => {
      const dataTransfer = new DataTransfer()
      for (const { name, text } of files)
        dataTransfer.items.add(new File([Uint8Array.from(atob(text), (letter) => letter.codePointAt(0) ?? 0)], name))
      const target = document.querySelector(selector)
      for (const type of ['dragover', 'drop'])
        target?.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }))
    },
    [packed, on] as const,
  )
}

/** What a page asked of the uploads, with where each piece began. */
function uploadsOf(page: Page) {
  const asked: { method: string; offset: number }[] = []
  page.on('request', (request) => {
    if (!request.url().includes('/uploads')) return
    asked.push({ method: request.method(), offset: Number(request.headers()['upload-offset'] ?? 0) })
  })
  return asked
}

/** Something that is waited for until somebody lets it go on. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => (open = resolve))
  return { open, opened }
}

/**
 * A bad line for uploads: half of the first piece arrives, then it breaks; nothing gets through until it is mended; and
 * the second piece does not get on at all.
 */
async function badLine(page: Page, bytes: Buffer) {
  const seen = gate()
  const mended = gate()
  const second = gate()
  let pieces = 0
  await page.route('**/uploads/*', async (route) => {
    const request = route.request()
    if (request.method() === 'HEAD') await mended.opened
    if (request.method() !== 'PATCH') return route.continue()
    pieces++
    if (pieces === 1) {
      await seen.opened
      const half = await page.context().request.patch(request.url(), {
        headers: request.headers(),
        data: bytes.subarray(0, bytes.length / 2),
      })
      expect(half.status()).toBe(204)
      return route.abort('connectionreset')
    }
    if (pieces === 2) return second.open()
    return route.continue()
  })
  return { seen, mended, second }
}

const row = (person: Person, name: string) => section(person).find('listitem').filter({ hasText: name })

const lease = { name: 'Lease.pdf', bytes: paper(['First page', 'Second page']) }
const leak = { name: 'Leak.jpg', bytes: await photo() }
const notes = { name: 'Notes.txt', bytes: Buffer.from('Call the plumber on Monday.') }

test('a record without files says what belongs there, and to who may only read why they cannot add any', async () => {
  await Promise.all([otis.opens(record), mia.opens(record)])
  await section(otis).sees(/^Drop a lease, a photo of the leak or a certificate here/)
  await otis.meetsNoBarrier('no files yet, desktop')
  await section(mia).sees('Nobody has attached a file to this record.')
  const add = section(mia).find('button', 'Add files')
  await expect.poll(() => add.getAttribute('aria-disabled')).toBe('true')
  const reason = async () => mia.page.locator(`[id="${await add.getAttribute('aria-describedby')}"]`).textContent()
  await expect.poll(reason).toMatch(/^Your role/)
})

test('three files are dropped on the page, are checked, and show up for everybody who looks at it', async () => {
  await drops(otis.page, [lease, leak, notes])
  for (const person of [otis, mia]) {
    await row(person, 'Lease.pdf').locator('img').waitFor()
    await row(person, 'Leak.jpg').locator('img').waitFor()
    await section(person).seesA('button', 'Open Notes.txt')
    await section(person).seesNo('Being checked …')
  }
  await otis.in('complementary', 'History').sees(/attached “Lease.pdf” to this/)
  // One of them in the light, the other in the dark.
  await Promise.all([otis.meetsNoBarrier('files, desktop'), mia.meetsNoBarrier('files, phone')])
  await mia.scrollsOnlyDown('files')
})

test('a picture of the screen is pasted, and called by when that was', async () => {
  const bytes = [...(await photo())]
  await otis.page.evaluate((given) => {
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([new Uint8Array(given)], 'image.jpg', { type: 'image/jpeg' }))
    document.body.dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData }))
  }, bytes)
  await section(otis).seesA('button', /^Open Pasted picture \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.jpg$/)
})

test('a phone takes a photo with its camera', async () => {
  const otto = await stage.browserOf(cast.officer, { device: 'phone' })
  await otto.opens(record)
  const [chooser] = await Promise.all([otto.page.waitForEvent('filechooser'), section(otto).presses('Take a photo')])
  expect(await chooser.element().getAttribute('capture')).toBe('environment')
  await chooser.setFiles({ name: 'IMG_2031.jpg', mimeType: 'image/jpeg', buffer: await photo() })
  await section(otto).seesA('button', 'Open IMG_2031.jpg')
  await otto.page.close()
})

test('what cannot be taken is refused beside its name, before any of it is sent', async () => {
  const asked = uploadsOf(otis.page)
  await drops(otis.page, [
    { name: 'setup.exe', bytes: Buffer.from('MZ') },
    { name: 'Empty.pdf', bytes: Buffer.alloc(0) },
  ])
  const going = otis.in('list', 'Being attached')
  await going.sees(/^Files of this kind are not taken\. These are taken: pictures, PDF/)
  await going.sees('This file is empty. Choose one with something in it.')
  await otis.presses('Take setup.exe off this list')
  await otis.presses('Take Empty.pdf off this list')
  await otis.seesNone('list', 'Being attached')
  expect(asked).toEqual([])
})

test('a lost connection stops an upload, which goes on from there by itself; so does one that was paused', async () => {
  otis.trouble.expect(/^net::ERR_CONNECTION_RESET PATCH/)
  const asked = uploadsOf(otis.page)
  const minutes = Buffer.from('Minutes of the meeting. '.repeat(20_000))
  const { seen, mended, second } = await badLine(otis.page, minutes)
  await drops(otis.page, [{ name: 'Minutes.txt', bytes: minutes }])
  const going = otis.in('list', 'Being attached')
  await going.sees('0 bytes of 480 kB')
  seen.open()
  await going.sees(/^No connection\. It goes on by itself/)
  mended.open()
  await second.opened
  await going.presses('Pause Minutes.txt')
  await going.sees(/^Paused at .* of 480 kB$/)
  await going.presses('Go on with Minutes.txt')
  await section(otis).seesA('button', 'Open Minutes.txt')
  expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(1)
  const began = asked.filter(({ method }) => method === 'PATCH').map(({ offset }) => offset)
  expect(began).toEqual([0, minutes.length / 2, minutes.length / 2])
  await otis.page.unroute('**/uploads/*')
})

test('after the page was loaded anew, an upload goes on from where it was once the same file is chosen', async () => {
  otis.trouble.expect(/^net::ERR_(ABORTED|CONNECTION_RESET) (PATCH|HEAD)/)
  const folder = mkdtempSync(join(tmpdir(), 'commonhall-journey-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'Bylaws.txt')
  const bylaws = Buffer.from('No member is turned away. '.repeat(2000))
  writeFileSync(path, bylaws)
  const choose = async (button: string) => {
    const [chooser] = await Promise.all([otis.page.waitForEvent('filechooser'), section(otis).presses(button)])
    await chooser.setFiles(path)
  }
  const { seen, second } = await badLine(otis.page, bylaws)
  seen.open()
  await choose('Add files')
  await otis.in('list', 'Being attached').sees(/^No connection/)
  otis.page.once('dialog', (dialog) => void dialog.accept())
  await otis.page.reload()
  await otis.page.unroute('**/uploads/*')
  second.open()
  await section(otis).sees(/^“Bylaws.txt” did not finish: 26 kB of 52 kB are here/)
  const asked = uploadsOf(otis.page)
  await choose('Choose it again')
  await section(otis).seesA('button', 'Open Bylaws.txt')
  await section(otis).seesNo(/did not finish/)
  expect(asked.filter(({ method }) => method === 'POST')).toEqual([])
  expect(asked.filter(({ method }) => method === 'PATCH').map(({ offset }) => offset)).toEqual([bylaws.length / 2])
})

test('a file is looked at without downloading it, page by page, and the arrows lead through the list', async () => {
  const lines = await section(otis)
    .find('button', /^Open /)
    .allInnerTexts()
  const names = lines.map((text) => text.replace(/^Open\s+/, ''))
  const before = names[names.indexOf('Lease.pdf') - 1] ?? ''
  await otis.presses('Open Lease.pdf')
  const dialog = otis.in('dialog', 'Lease.pdf')
  await dialog.seesA('img', 'Lease.pdf, page 1')
  await otis.hits('PageDown')
  await dialog.seesA('img', 'Lease.pdf, page 2')
  await dialog.sees('Page 2 of 2')
  await otis.meetsNoBarrier('a preview')
  await otis.hits('ArrowLeft')
  await otis.seesA('dialog', before)
  await otis.hits('Escape')
  await otis.hasFocusOn('button', 'Open Lease.pdf')
})

test('caption and tags are changed beside the picture, and everybody reads them', async () => {
  await otis.presses('Open Leak.jpg')
  const dialog = otis.in('dialog', 'Leak.jpg')
  await dialog.seesA('img', 'Leak.jpg')
  await dialog.presses('Caption and tags …')
  await dialog.types('Caption', 'Under the sink')
  await dialog.find('textbox', 'Tags').fill('repairs,')
  await dialog.presses('Save')
  await otis.sees('“Leak.jpg” is saved.')
  await otis.hits('Escape')
  await section(mia).sees('Under the sink')
  await section(mia).sees('repairs')
})

test('what is dropped on a file becomes its new version, and an older one can be the current one again', async () => {
  const line = await row(otis, 'Lease.pdf').getAttribute('data-takes-version')
  await drops(otis.page, [{ name: 'Signed.pdf', bytes: paper(['Signed']) }], `[data-takes-version="${line}"]`)
  await section(otis).sees('2 versions')
  await section(otis).presses(/^More about (Lease|Signed)\.pdf/)
  await otis.picks('Older versions …')
  const dialog = otis.in('dialog')
  await dialog.presses('Make this the current one')
  await dialog.sees('Version 3')
  await otis.hits('Escape')
  await section(otis).sees('3 versions')
  // The browser has page 1 of the old version still in its memory: the address says of which version it is.
  await otis.presses(/^Open (Lease|Signed)\.pdf/)
  const picture = otis.page.locator('[role="dialog"] img').first()
  await expect.poll(() => picture.getAttribute('src')).toMatch(/\/pages\/1\?of=3-/)
  await otis.hits('Escape')
})

test('a file that is not what its name says is held, and says why and what to do', async () => {
  await drops(otis.page, [{ name: 'Invoice.pdf', bytes: Buffer.from('<html><script>alert(1)</script></html>') }])
  await row(otis, 'Invoice.pdf').getByText('Held').waitFor()
})

test('a file is deleted after a question that names it, and undo brings it back', async () => {
  await section(otis).presses('More about Notes.txt')
  await otis.picks('Delete …')
  const question = otis.in('dialog', 'Delete “Notes.txt”?')
  await question.sees(/You can bring it back for 30 days/)
  await question.presses('Delete the file')
  await section(mia).seesNone('button', 'Open Notes.txt')
  await section(otis).presses('Recently deleted')
  await section(otis).seesA('button', 'Restore Notes.txt')
  await otis.presses('Undo')
  await section(otis).seesA('button', 'Open Notes.txt')
  await section(otis).sees('Nothing has been deleted in the last 30 days.')
})
