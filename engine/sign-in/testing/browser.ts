import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { cookieNames } from '../cookies.ts'

/** What a browser does with our cookies: keeps them, sends them back, and copies the CSRF token into its header. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #app: FastifyInstance
  readonly #address: string

  constructor(app: FastifyInstance, address = '127.0.0.1') {
    this.#app = app
    this.#address = address
  }

  get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#send('GET', url, undefined, headers)
  }

  post(url: string, body: object = {}, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#send('POST', url, body, { ...this.#csrf(), ...headers })
  }

  delete(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#send('DELETE', url, undefined, { ...this.#csrf(), ...headers })
  }

  logIn(email: string, password: string): Promise<LightMyRequestResponse> {
    return this.post('/api/v1/auth/login', { email, password, session: 'cookie' })
  }

  #csrf(): Record<string, string> {
    const token = this.cookies.get(cookieNames.csrf)
    return token ? { 'x-csrf-token': token } : {}
  }

  async #send(
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    payload: object | undefined,
    headers: Record<string, string>,
  ) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await this.#app.inject({
      method,
      url,
      remoteAddress: this.#address,
      headers: { ...(cookie ? { cookie } : {}), ...headers },
      ...(payload ? { payload } : {}),
    })
    for (const { name, value, maxAge } of reply.cookies as { name: string; value: string; maxAge?: number }[]) {
      if (maxAge === 0) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return reply
  }
}
