import { QueryClient } from '@tanstack/react-query'
import { Problem } from './http.ts'

/** A refusal stays a refusal however often one asks; only a fault or a lost connection is worth another try. */
const worthRetrying = (failures: number, failure: unknown) =>
  failures < 2 && failure instanceof Problem && (failure.status === 0 || failure.status >= 502)

export const client = new QueryClient({
  defaultOptions: {
    // Asked even without a network: waiting in silence for it would look like a page that hangs.
    queries: {
      networkMode: 'always',
      retry: worthRetrying,
      retryDelay: 400,
      staleTime: 10_000,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
})
