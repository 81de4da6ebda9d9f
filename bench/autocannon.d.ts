declare module 'autocannon' {
  interface Request {
    readonly path?: string
    readonly method?: string
    readonly body?: string
    readonly headers?: Readonly<Record<string, string>>
    /** Called before each sending. */
    readonly setupRequest?: (request: Request) => Request
  }

  interface Options {
    readonly url: string
    readonly connections: number
    readonly duration: number
    readonly headers?: Readonly<Record<string, string>>
    readonly requests?: readonly Request[]
  }

  interface Result {
    readonly '2xx': number
    readonly non2xx: number
    readonly errors: number
    readonly timeouts: number
    readonly duration: number
    /** Milliseconds. */
    readonly latency: { readonly p50: number; readonly p99: number }
    readonly requests: { readonly total: number; readonly average: number }
  }

  export default function autocannon(options: Options): Promise<Result>
  export type { Request }
}
