import { useRouter, useSearch } from '@tanstack/react-router'
import { client } from '../wire/client.ts'
import { type Session, sessionQuery } from '../wire/session.ts'

/** Only an address of this app: an outside one in `next` would make our sign-in page somebody's lure. */
export const inside = (next: string | undefined) => (next && /^\/(?![/\\])/.test(next) ? next : '/')

/** Begins to work with a new session, where one wanted to go. Done when that page is there. */
export function useEntry() {
  const { next } = useSearch({ strict: false }) as { next?: string }
  const router = useRouter()
  return async (session: Session, to = inside(next)): Promise<void> => {
    client.clear()
    client.setQueryData(sessionQuery.queryKey, session)
    await router.navigate({ href: to })
  }
}
