import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'
import { afterAll, afterEach, expect, inject } from 'vitest'
import type { Module } from '../../kernel/index.ts'
import { findChromium } from '../../bin/chromium.ts'
import { withClient } from '../../engine/database/provision.ts'
import { addPerson, foundOrg } from '../../engine/foundation/found-org.ts'
import { cast, castPassword, freePort, openHouse, type TestHouse } from '../../engine/testing/index.ts'
import { Person, patience } from './person.ts'
import { Trouble } from './trouble.ts'

const root = join(import.meta.dirname, '../..')
const shots = join(root, 'test-results/journeys')

const devices = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const satisfies Record<string, BrowserContextOptions>

/** A browser that draws without a graphics card, and asks nobody for anything. */
const frugal = ['--disable-gpu', '--disable-background-networking', '--disable-component-update', '--no-first-run']

export interface Looks {
  readonly device?: keyof typeof devices
  readonly scheme?: 'light' | 'dark'
  /** By name, where passkeys work: a browser refuses them at an address of figures. */
  readonly byName?: boolean
}

/** What goes by itself after some seconds stays longer here: on a slow machine it would be gone before it is seen. */
function leaveThingsLonger(): void {
  const start = globalThis.setTimeout
  const longer = (act: () => void, after = 0, ...more: []) =>
    start(act, [4000, 5000, 8000, 12_000].includes(after) ? 3 * after : after, ...more)
  globalThis.setTimeout = longer as typeof start
}

type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>

/**
 * The real thing for the journeys of one file: the built app, served by a house of its own on a real PostgreSQL, and a
 * browser in front of it.
 */
class Stage {
  readonly house: TestHouse
  readonly url: string
  readonly people: Person[] = []
  readonly #browser: Browser
  readonly #port: number
  readonly #webFolder: string
  readonly #states = new Map<string, SignedIn>()
  #server: TestHouse['app']

  constructor(house: TestHouse, browser: Browser, port: number, webFolder: string) {
    this.house = house
    this.url = `http://127.0.0.1:${port}`
    this.#browser = browser
    this.#port = port
    this.#webFolder = webFolder
    this.#server = house.app
  }

  /** A browser in which nobody is signed in. */
  async stranger(looks: Looks = {}): Promise<Person> {
    const person = await this.#seat(looks)
    person.trouble.expect(/^401 (GET .*\/auth\/me|POST .*\/auth\/refresh)$/)
    return person
  }

  /**
   * A browser in which somebody of the cast is signed in, with no page open yet. All browsers of one person share one
   * session. The sign-in page is walked through where it is what is tested.
   */
  async browserOf(email: string, looks: Looks = {}): Promise<Person> {
    const known = this.#states.get(email)
    if (known) return await this.#seat(looks, known)
    const person = await this.#seat(looks)
    const context = person.page.context()
    const reply = await context.request.post('/api/v1/auth/login', {
      data: { email, password: castPassword, session: 'cookie' },
    })
    expect(reply.status(), await reply.text()).toBe(200)
    this.#states.set(email, await context.storageState())
    return person
  }

  /** Somebody at a desktop and on a phone, side by side: two cores carry two pages. */
  async onEachDevice(email: string, look: (eye: Person, device: 'desktop' | 'phone') => Promise<void>): Promise<void> {
    const desktop = await this.browserOf(email)
    const phone = await this.browserOf(email, { device: 'phone' })
    await Promise.all([look(desktop, 'desktop'), look(phone, 'phone')])
  }

  /** Something that was there before the journey begins. */
  async has(path: string, body: object, by: string = cast.officer): Promise<{ id: string; version: number }> {
    const reply = await (await this.house.as(by)).post(`/${path}`, body)
    expect(reply.statusCode, reply.body).toBe(201)
    return reply.json()
  }

  /** The server goes away; the database stays. */
  stop = () => this.#server.close()

  async start(): Promise<void> {
    this.#server = await this.house.server(this.#webFolder)
    await this.#server.listen({ host: '127.0.0.1', port: this.#port })
  }

  /** Gives somebody of the cast a seat in one more org, which is founded if it is new. */
  async seatIn(email: string, slug: string, name: string): Promise<void> {
    const { ground, engine } = this.house
    await withClient(ground.ownerUrl, async (owner) => {
      const { rows } = await owner.query<{ id: string }>('select id from foundation.org where slug = $1', [slug])
      const org = rows[0]?.id ?? (await foundOrg(owner, engine.registry.modules, { slug, name, kind: 'union-local' }))
      const { rows: known } = await owner.query<{ name: string }>('select name from foundation.user where email = $1', [
        email,
      ])
      await addPerson(owner, org, { email, name: known[0]?.name ?? email, passwordHash: '', roles: ['officer'] })
    })
  }

  async close(): Promise<void> {
    await Promise.all(this.people.map(({ page }) => page.context().close()))
    await this.#server.close()
    await this.house.close()
  }

  async #seat({ device = 'desktop', scheme = 'light', byName = false }: Looks, state?: SignedIn): Promise<Person> {
    const context = await this.#browser.newContext({
      ...devices[device],
      colorScheme: scheme,
      reducedMotion: 'reduce',
      locale: 'en-US',
      baseURL: byName ? `http://localhost:${this.#port}` : this.url,
      ...(state ? { storageState: state } : {}),
    })
    context.setDefaultTimeout(patience)
    await context.addInitScript(leaveThingsLonger)
    const person = new Person(await context.newPage(), new Trouble())
    person.trouble.watch(person.page)
    this.people.push(person)
    return person
  }
}

/** Sets the stage for one file of journeys. Fails each of them that meets trouble which it did not expect. */
export async function raiseStage(modules: readonly Module[] = []): Promise<Stage> {
  const webFolder = inject('webFolder')
  // Mails carry the address, so it must be known before the house opens.
  const port = await freePort()
  const house = await openHouse({ settings: { port, publicUrl: `http://127.0.0.1:${port}` }, webFolder, modules })
  await house.engine.startWork()
  const stage = new Stage(house, await openBrowser(), port, webFolder)
  // The house's own app is the first that serves; after a stop another takes its place.
  await house.app.listen({ host: '127.0.0.1', port })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await tellWhatWasSeen(task.name, stage.people)
    const surprises = stage.people.flatMap(({ trouble }) => trouble.surprises())
    expect(surprises, 'what went wrong behind the page').toEqual([])
  })
  afterAll(() => stage.close())
  return stage
}

/** Types the address and the password, and waits for the first page behind them. */
export async function signIn(person: Person, email: string, password = castPassword): Promise<void> {
  await person.opens('/login')
  await person.types('E-mail', email)
  await person.types('Password', password)
  await person.presses('Sign in')
  await person.isAt(/\/o\//)
  await person.seesA('main')
}

/** One browser for all files, which share a process; Playwright ends it with that. A file closes what it has opened. */
let browser: Promise<Browser> | undefined

function openBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('No Chromium was found: install one, or name it in CHROMIUM_PATH.')
  return (browser ??= chromium.launch({ executablePath, args: frugal }))
}

/** What everybody saw when a journey failed: as pictures, and in words for whoever has only the log. */
async function tellWhatWasSeen(name: string, people: readonly Person[]): Promise<void> {
  mkdirSync(shots, { recursive: true })
  for (const [index, { page }] of people.entries()) {
    if (page.isClosed()) continue
    const path = join(shots, `${name.replace(/\W+/g, '-').slice(0, 80)}-${index}.png`)
    await page.screenshot({ path, timeout: 10_000 }).catch(() => {})
    const seen = await page.locator('body').ariaSnapshot({ timeout: 10_000 }).catch(String)
    console.log(`When "${name}" failed, browser ${index} was at ${page.url()} and showed:\n${seen.slice(0, 6000)}\n`)
  }
}
