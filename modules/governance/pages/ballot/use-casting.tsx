import { useOrg } from '@commonhall/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { BallotPage } from '../voting/ballot-page.ts'
import { BoothProblem, type KeptBallot, type Step } from '../voting/booth.ts'
import { type Marks, sealed } from './marks.ts'
import { tellOtherTabs } from './use-other-tabs.ts'
import { ballotQuery, boothOf, keptQuery } from './wire.tsx'

/** After these nobody knows whether the server has heard; everything else is an answer. */
const lost = new Set(['unreachable', 'lost'])

/** Asked again, the answer would be the same. */
const final = new Set([
  'already_taken',
  'token_spent',
  'not_open',
  'not_on_roll',
  'not_eligible',
  'challenged',
  'key_changed',
  'insecure',
])

/** Casting a ballot, as often as it takes: the same sealed ballot goes each time, and counts once. */
export function useCasting(page: BallotPage, voter: string, onCast: () => void) {
  const org = useOrg()
  const client = useQueryClient()
  const [step, setStep] = useState<Step>('preparing')
  const [wasLost, setWasLost] = useState(false)
  const kept = keptQuery(org, page, voter)
  const { mutate, isPending, error, data, reset } = useMutation({
    async mutationFn(marks: Marks) {
      setStep('preparing')
      const booth = await boothOf(org)
      return await booth.cast(page, voter, sealed(page.contests, marks), setStep)
    },
    onSuccess({ receipt }) {
      onCast()
      const arrived: KeptBallot | null = { stage: 'cast', receipt }
      client.setQueryData(kept.queryKey, arrived)
    },
    onError: () => setWasLost(true),
    onSettled() {
      tellOtherTabs(page.election)
      void client.invalidateQueries({ queryKey: kept.queryKey })
      void client.invalidateQueries({ queryKey: ballotQuery(org, page.election).queryKey })
    },
  })
  const problem = error instanceof BoothProblem ? error : error ? new BoothProblem('lost', error.message) : undefined
  const isLost = problem !== undefined && lost.has(problem.code)
  return {
    cast: mutate,
    step,
    isBusy: isPending,
    problem,
    isLost,
    isResumed: data?.resumed === true,
    isCast: data !== undefined,
    isFinal: final.has(problem?.code ?? ''),
    wasLost,
    reset,
  }
}
