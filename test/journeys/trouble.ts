import type { Page } from 'playwright-core'

/** The browser repeats each bad answer as a line of its console; the answer itself says more. */
const isEcho = (text: string) => text.startsWith('Failed to load resource')

/**
 * What went wrong behind a page while somebody used it: errors on the console, refused styles and scripts among them,
 * requests that failed, and answers of 400 and more.
 */
export class Trouble {
  readonly #found: string[] = []
  #expected: readonly RegExp[] = []

  watch(page: Page): void {
    page.on('console', (message) => {
      if (message.type() === 'error' && !isEcho(message.text())) this.#found.push(`console: ${message.text()}`)
    })
    page.on('pageerror', (error) => this.#found.push(`error: ${error.message}`))
    page.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? ''
      // A page that is left lets go of what it was waiting for.
      if (why !== 'net::ERR_ABORTED') this.#found.push(`${why} ${request.method()} ${pathOf(request.url())}`)
    })
    page.on('response', (response) => {
      const { method, url } = { method: response.request().method(), url: pathOf(response.url()) }
      if (response.status() >= 400) this.#found.push(`${response.status()} ${method} ${url}`)
    })
  }

  /** Some journeys lead through trouble on purpose: what looks like this is no surprise. */
  expect(...looks: readonly RegExp[]): void {
    this.#expected = [...this.#expected, ...looks]
  }

  /** What nobody expected since the last time this was asked. */
  surprises(): string[] {
    const found = this.#found.splice(0)
    return found.filter((one) => !this.#expected.some((look) => look.test(one)))
  }
}

const pathOf = (url: string) => new URL(url).pathname
