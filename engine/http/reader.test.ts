import { chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { findChromium } from '../../bin/chromium.ts'

let house: TestHouse
beforeAll(async () => void (house = await openHouse()))
afterAll(() => house.close())

const executablePath = findChromium()

test('the page to read the API allows no inline script', async () => {
  const reply = await house.app.inject({ url: '/api/docs' })
  expect(reply.statusCode).toBe(200)
  const policy = String(reply.headers['content-security-policy'])
  expect(policy).toMatch(/script-src 'self' 'nonce-[\w-]+';/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe-eval')
  expect(policy.split('; ').find((one) => one.startsWith('script-src'))).not.toContain('unsafe-inline')
  expect(reply.body).not.toMatch(/https?:\/\//)
})

test.skipIf(!executablePath)(
  'a browser shows every operation, asks nobody else for anything, and finds no fault with the policy',
  async () => {
    const address = await house.app.listen({ host: '127.0.0.1', port: 0 })
    const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage()
      // Four megabytes of script, on a machine that does other things beside.
      page.setDefaultTimeout(160_000)
      const [asked, faults]: [string[], string[]] = [[], []]
      page.on('request', (request) => asked.push(request.url()))
      page.on('console', (message) => message.type() === 'error' && faults.push(message.text()))
      page.on('pageerror', (error) => faults.push(String(error)))
      await page.goto(`${address}/api/docs`)
      await page.getByText('The daily business of member-run organizations').first().waitFor()
      await page.getByText('Members').first().click()
      await page.getByText('List members').first().waitFor()
      expect(
        asked.filter((url) => !url.startsWith(address) && !url.startsWith('data:') && !url.startsWith('blob:')),
      ).toEqual([])
      expect(faults).toEqual([])
    } finally {
      await browser.close()
    }
  },
)
