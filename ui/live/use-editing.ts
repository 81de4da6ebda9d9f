import { useEffect } from 'react'
import { client } from '../wire/client.ts'
import { editorsQuery, tellEditing } from '../wire/live.ts'
import { someId } from './pace.ts'

/** The server holds somebody's word for 45 seconds. */
const repeat = 20_000

/** Tells the others that this person has the record's form open, for as long as the page is. */
export function useEditing(org: string, topic: string): void {
  useEffect(() => {
    const tab = someId()
    let isOpen = true
    const tell = (editing: boolean) =>
      tellEditing(org, { topic, editing, tab }).then(
        ({ people }) => void (isOpen && client.setQueryData(editorsQuery(org, topic).queryKey, people)),
        // Nobody is kept from editing because the others cannot be told.
        () => {},
      )
    const leave = () => void tell(false)
    const comeBack = ({ persisted }: PageTransitionEvent) => void (persisted && tell(true))
    void tell(true)
    const timer = setInterval(() => void tell(true), repeat)
    window.addEventListener('pagehide', leave)
    window.addEventListener('pageshow', comeBack)
    return () => {
      isOpen = false
      clearInterval(timer)
      window.removeEventListener('pagehide', leave)
      window.removeEventListener('pageshow', comeBack)
      leave()
    }
  }, [org, topic])
}
