import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import sharp from 'sharp'
import { findChromium } from '../../../bin/chromium.ts'

const root = join(import.meta.dirname, '../../..')
const password = 'only-for-the-pictures-1'
const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']

/** Screens on which something is still on its way. */
const onItsWay = '[aria-busy="true"], [class*=Skeleton-root]'

/** A demo world of its own, new each time, and a browser in front of it. */
export class Demo {
  readonly address: string
  readonly #server: ChildProcess
  readonly #folder: string
  readonly #browser: Browser

  private constructor(address: string, server: ChildProcess, folder: string, browser: Browser) {
    this.address = address
    this.#server = server
    this.#folder = folder
    this.#browser = browser
  }

  static async raise(): Promise<Demo> {
    const folder = mkdtempSync(join(tmpdir(), 'commonhall-pictures-'))
    const env = { ...process.env, DATA_DIR: folder, PORT: '0', DEMO_PASSWORD: password, LOG_LEVEL: 'error' }
    const server = spawn(process.execPath, [join(root, 'bin/start.ts')], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const address = await new Promise<string>((found, failed) => {
      let said = ''
      server.stdout.on('data', (text: Buffer) => {
        said += text.toString()
        const at = /ready: (http:\S+)/.exec(said)?.[1]
        if (at) found(at)
      })
      server.on('exit', () => failed(new Error(said)))
    })
    const browser = await chromium.launch({ executablePath: findChromium() ?? '', args: flags })
    return new Demo(address, server, folder, browser)
  }

  async end(): Promise<void> {
    await this.#browser.close()
    const ended = new Promise((done) => this.#server.once('exit', done))
    this.#server.kill('SIGTERM')
    await ended
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Somebody of the local, signed in, at a desk or on a phone. */
  async seat(who: string, isPhone = false): Promise<Seat> {
    const context = await this.#browser.newContext({
      viewport: isPhone ? { width: 390, height: 780 } : { width: 1280, height: 800 },
      isMobile: isPhone,
      hasTouch: isPhone,
      colorScheme: 'light',
      reducedMotion: 'reduce',
      locale: 'en-US',
    })
    const data = { email: `${who}@local-100.example`, password, session: 'cookie' }
    const reply = await context.request.post(`${this.address}/api/v1/auth/login`, { data })
    if (!reply.ok()) throw new Error(await reply.text())
    const page = await context.newPage()
    return new Seat(page, this.address)
  }
}

type Row = Readonly<Record<string, string>> & { readonly version: number }

/** One of these people: what they do, what they see, and pictures of it. */
export class Seat {
  readonly page: Page
  readonly #address: string

  constructor(page: Page, address: string) {
    this.page = page
    this.#address = address
  }

  async opens(path: string): Promise<void> {
    await this.page.goto(`${this.#address}/o/local-100/${path}`)
    await this.settles()
  }

  /** Waits until all that was asked for is there and nothing moves. */
  async settles(): Promise<void> {
    await this.page.locator('h1').first().waitFor()
    await this.page.waitForTimeout(300)
    await this.page.waitForFunction((busy) => !document.querySelector(busy), onItsWay)
    await this.page.waitForTimeout(700)
  }

  async picks(label: string, text: string): Promise<void> {
    const field = this.page.getByLabel(new RegExp(`^${label}`)).first()
    await field.click()
    await field.fill(text)
    await this.page.getByRole('listbox').getByRole('option', { name: text }).first().click()
  }

  async types(label: string | RegExp, text: string): Promise<void> {
    await this.page.getByLabel(label).first().fill(text)
  }

  async presses(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).first().click()
  }

  async hits(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** What the API answers to this person. */
  async asks(path: string): Promise<readonly Row[]> {
    const reply = await this.page.context().request.get(`${this.#address}/api/v1/orgs/local-100/${path}`)
    const { data } = (await reply.json()) as { data: readonly Row[] }
    return data
  }

  /** Downloads what a button gives. */
  async takes(name: string): Promise<string> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.presses(name)])
    return await download.path()
  }

  /** A picture in few colors: a screen has no more, and it weighs a third. */
  async shows(name: string, folder = 'market-recovery'): Promise<void> {
    await this.settles()
    await keep(await this.page.screenshot({ scale: 'css' }), name, folder)
  }
}

/** Keeps a picture for the manual. */
export async function keep(picture: Buffer, name: string, folder = 'market-recovery'): Promise<void> {
  const path = join(import.meta.dirname, folder, `${name}.png`)
  await sharp(picture).png({ palette: true, colours: 128, effort: 10, compressionLevel: 9 }).toFile(path)
  process.stdout.write(`${name}\n`)
}
