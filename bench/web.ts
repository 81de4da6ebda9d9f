import { chromium, type Page } from 'playwright-core'
import { findChromium } from '../bin/chromium.ts'
import { weighApp } from '../web/budget.ts'
import { buildIfStale } from '../web/build.ts'
import { atMost, type Line, median } from './line.ts'
import type { RunningServer } from './server.ts'
import { type Stage, staffOf } from './stage.ts'

const visits = 5

/** What a browser loads, and how soon the list of 100,000 members can be used. */
export async function measureWeb(stage: Stage, server: RunningServer): Promise<Line[]> {
  await buildIfStale()
  const { first, routes } = weighApp()
  const [largest = ['', 0]] = Object.entries(routes).toSorted(([, a], [, b]) => b - a)
  const lines: Line[] = [
    { name: 'web: first load of JavaScript, gzip', unit: 'kB', ours: first / 1000, bar: atMost(200) },
    { name: `web: largest page (${largest[0]}), gzip`, unit: 'kB', ours: largest[1] / 1000, bar: atMost(60) },
  ]
  const executablePath = findChromium()
  if (!executablePath) return lines
  const usable = await timeList(stage, server, executablePath)
  return [...lines, { name: 'web: list page usable after sign-in', unit: 'ms', ours: usable, bar: atMost(1000) }]
}

/**
 * Runs in the page: notes when its first ten rows have been painted, in milliseconds since the browser set out for the
 * address. The page's own clock, because asking from outside adds the asking.
 */
function noteRows(): void {
  const watch = new MutationObserver(() => {
    if (document.querySelectorAll('tbody tr').length <= 10) return
    watch.disconnect()
    requestAnimationFrame(() =>
      requestAnimationFrame(() => Object.assign(globalThis, { rowsDrawnAt: performance.now() })),
    )
  })
  watch.observe(document, { childList: true, subtree: true })
}

/** From the address to rows on the screen, in a browser that has just signed in: the middle of some visits. */
async function timeList({ large, password }: Stage, { url }: RunningServer, executablePath: string): Promise<number> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const context = await browser.newContext()
    await signIn(await context.newPage(), url, staffOf(large), password)
    const times: number[] = []
    for (let visit = 0; visit < visits; visit++) {
      const page = await context.newPage()
      await page.addInitScript(noteRows)
      await page.goto(`${url}/o/${large}/members`)
      const drawn = await page.waitForFunction(() => (globalThis as { rowsDrawnAt?: number }).rowsDrawnAt)
      times.push((await drawn.jsonValue()) ?? Number.NaN)
      await page.close()
    }
    return median(times)
  } finally {
    await browser.close()
  }
}

async function signIn(page: Page, url: string, email: string, password: string): Promise<void> {
  await page.goto(`${url}/login`)
  await page.locator('input[name=email]').fill(email)
  await page.locator('input[name=password]').fill(password)
  await page.locator('button[type=submit]').click()
  await page.waitForURL((address) => !address.pathname.startsWith('/login'))
  await page.close()
}
