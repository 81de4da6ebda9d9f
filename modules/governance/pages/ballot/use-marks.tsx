import { useCatalog, useOrg } from '@commonhall/ui'
import { useMemo, useState } from 'react'
import type { BallotPage } from '../voting/ballot-page.ts'
import type { Contest } from './contest.ts'
import { keptMarks } from './kept-marks.ts'
import { fitting, type Mark, type Marks } from './marks.ts'

/** What is marked, kept in this tab until it is cast. */
export function useMarks(page: BallotPage, voter: string) {
  const org = useOrg()
  const person = useCatalog().actor.id
  const place = useMemo(() => ({ org, election: page.election, voter, person }), [org, page.election, voter, person])
  const [written, setWritten] = useState<Marks>(() => keptMarks.read(place))
  const marks = useMemo(() => fitting(page.contests, written), [page.contests, written])
  const mark = (contest: Contest, next: Mark) => {
    const all = { ...marks, [contest.id]: next }
    keptMarks.write(place, all)
    setWritten(all)
  }
  const wipe = () => {
    keptMarks.wipe(place)
    setWritten({})
  }
  return { marks, mark, wipe }
}
