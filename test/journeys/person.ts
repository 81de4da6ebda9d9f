import { readFile } from 'node:fs/promises'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Trouble } from './trouble.ts'

type Role = Parameters<Page['getByRole']>[0]
type Words = string | RegExp

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Somebody at the browser: does what a person does, by the names that a person reads, and waits for what they see. */
export class Person {
  readonly page: Page
  readonly trouble: Trouble
  readonly #scope: Page | Locator

  constructor(page: Page, trouble: Trouble, scope: Page | Locator = page) {
    this.page = page
    this.trouble = trouble
    this.#scope = scope
  }

  /** The same person, who looks only into one part of the page. */
  in(role: Role, name?: Words): Person {
    return new Person(this.page, this.trouble, this.find(role, name).first())
  }

  find(role: Role, name?: Words): Locator {
    return this.#scope.getByRole(role, name === undefined ? {} : { name, exact: typeof name === 'string' })
  }

  /** A control by its label; the star of a required one is not part of its name. */
  field(label: string): Locator {
    return this.#scope.getByLabel(new RegExp(`^${escaped(label)}(\\s*\\*)?$`)).first()
  }

  async opens(path: string): Promise<void> {
    await this.page.goto(path)
  }

  async presses(button: Words): Promise<void> {
    await this.find('button', button).click()
  }

  async follows(link: Words): Promise<void> {
    await this.find('link', link).first().click()
  }

  async picks(item: Words, role: Role = 'menuitem'): Promise<void> {
    await this.find(role, item).click()
  }

  /** Clicks on words, wherever they stand. */
  async clicks(words: Words): Promise<void> {
    await this.#scope
      .getByText(words, { exact: typeof words === 'string' })
      .first()
      .click()
  }

  async types(label: string, text: string): Promise<void> {
    await this.field(label).fill(text)
  }

  async chooses(label: string, option: string): Promise<void> {
    await this.field(label).selectOption({ label: option })
  }

  /** Puts a file into a control for files. */
  async gives(label: string, file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.field(label).setInputFiles(file)
  }

  /** The number beside a word, where figures stand. */
  async figure(word: string): Promise<string> {
    const pair = this.#scope.locator('dl > div').filter({ has: this.page.getByText(word, { exact: true }) })
    return await pair.getByRole('definition').innerText()
  }

  async checks(label: string): Promise<void> {
    await this.find('checkbox', label).check()
  }

  /** Presses keys one after the other. */
  async hits(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key)
  }

  /** Hits one key right after the other, whatever the page does meanwhile. */
  async hitsQuickly(...keys: readonly string[]): Promise<void> {
    await Promise.all(keys.map((key) => this.page.keyboard.press(key)))
  }

  async writes(text: string): Promise<void> {
    await this.page.keyboard.type(text)
  }

  async sees(words: Words): Promise<void> {
    await this.#scope.getByText(words).filter({ visible: true }).first().waitFor()
  }

  async seesNo(words: Words): Promise<void> {
    await expect.poll(() => this.#scope.getByText(words).filter({ visible: true }).count()).toBe(0)
  }

  async seesA(role: Role, name?: Words): Promise<void> {
    await this.find(role, name).first().waitFor()
  }

  async seesNone(role: Role, name?: Words): Promise<void> {
    await expect.poll(() => this.find(role, name).count()).toBe(0)
  }

  /** Waits for the page with this title. */
  async arrivesAt(title: Words): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: title, exact: typeof title === 'string' }).waitFor()
  }

  async isAt(path: RegExp): Promise<void> {
    await this.page.waitForURL(path)
  }

  /** A page that one comes to is read from its beginning. */
  async startsAtTheTop(): Promise<void> {
    await expect
      .poll(() => this.page.evaluate(() => scrollY + (document.getElementById('main')?.scrollTop ?? 0)))
      .toBe(0)
  }

  /** Waits until the focus is where it says. */
  async hasFocusOn(role: Role, name?: Words): Promise<void> {
    const isHere = async () =>
      await this.find(role, name)
        .first()
        .evaluate((element) => element === document.activeElement || element.contains(document.activeElement))
    await expect.poll(isHere).toBe(true)
  }

  /** Steps on with Tab until the focus is on something of that name, seeing at each stop where it is. */
  async tabsTo(role: Role, name: Words, most = 80): Promise<void> {
    const goal = this.find(role, name)
    for (let stop = 0; stop < most; stop++) {
      await this.hits('Tab')
      if (await goal.evaluateAll(([element]) => element !== undefined && element === document.activeElement)) return
    }
    throw new Error(`${most} steps with Tab did not lead to ${role} ${name}.`)
  }

  /** What has the focus, by what it is and says, and whether a person sees that it has. */
  async focus(): Promise<{ what: string; isVisible: boolean }> {
    return await this.page.evaluate(() => {
      const element = document.activeElement as HTMLElement
      const isRinged = (one: Element | null) => {
        if (!one) return false
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
      }
      const control = element instanceof HTMLInputElement || element instanceof HTMLSelectElement
      const border = control ? getComputedStyle(element).borderColor : ''
      element.blur()
      const changes = control && getComputedStyle(element).borderColor !== border
      element.focus()
      const says = element.getAttribute('aria-label') ?? element.innerText
      return {
        what: `${element.tagName.toLowerCase()} ${element.id} ${says}`.replace(/\s+/g, ' ').slice(0, 80),
        isVisible: isRinged(element) || changes,
      }
    })
  }

  /** What a control holds. */
  async reads(label: string): Promise<string> {
    return await this.field(label).inputValue()
  }

  /** The cells of a table or list, row by row. */
  async rows(role: Role = 'row'): Promise<string[]> {
    return (await this.find(role).allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim())
  }

  /** Does something that makes a file come, and reads it. */
  async downloads(act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), act()])
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) }
  }

  /** Nothing is on its way any more. */
  async seesAllThere(): Promise<void> {
    await expect.poll(() => this.page.locator('[aria-busy="true"]').count()).toBe(0)
  }

  /** The device goes over to dark or light, and the page follows. */
  async looksAt(colorScheme: 'light' | 'dark'): Promise<void> {
    await this.page.emulateMedia({ colorScheme })
    await this.page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
    await this.#seesItStill()
  }

  /** Colors on their way are nobody's choice. Inherited ones set out one after another, from parent to child. */
  async #seesItStill(): Promise<void> {
    await this.page.evaluate(async () => {
      const isMoving = ({ playState, effect }: Animation) =>
        playState === 'running' && effect?.getComputedTiming().endTime !== Infinity
      for (;;) {
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))
        const moving = document.getAnimations().filter(isMoving)
        if (!moving.length) return
        await Promise.allSettled(moving.map(({ finished }) => finished))
      }
    })
  }

  /** Nothing on the page keeps anybody out: axe finds no violation of these rules, or of all. */
  async meetsNoBarrier(where: string, rules: string[] = []): Promise<void> {
    const only = rules.length ? { runOnly: { type: 'rule' as const, values: rules } } : {}
    const isThere = await this.page.evaluate(() => 'axe' in globalThis)
    const axe = new AxeBuilder({ page: this.page, ...(isThere ? { axeSource: 'void 0' } : {}) })
    // Only what is wrong is told in full, and nothing is fetched anew to look at it.
    const options = { ...only, resultTypes: ['violations' as const], preload: false }
    await this.#seesItStill()
    const { violations } = await axe.setLegacyMode().options(options).analyze()
    const found = violations.map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' | ')}`,
    )
    expect(found, `barriers in ${where}`).toEqual([])
  }

  /** The same in the light and in the dark, which differ in nothing but their colors. It ends in the other. */
  async meetsNoBarrierInAnyLight(where: string): Promise<void> {
    const scheme = await this.page.locator('html').getAttribute('data-mantine-color-scheme')
    await this.meetsNoBarrier(`${where}, ${scheme}`)
    const other = scheme === 'dark' ? 'light' : 'dark'
    await this.looksAt(other)
    await this.meetsNoBarrier(`${where}, ${other}`, ['color-contrast', 'link-in-text-block'])
  }

  /** Nothing is wider than the screen. */
  async scrollsOnlyDown(where: string): Promise<void> {
    const [wide, screen] = await this.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth])
    expect(wide, `width of ${where}`).toBeLessThanOrEqual(screen ?? 0)
  }
}

/** How long a person waits for something to turn up, in milliseconds: the machine may be slow, and do much else. */
export const patience = 45_000
