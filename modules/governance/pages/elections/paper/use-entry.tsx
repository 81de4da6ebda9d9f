import { call, Problem, refresh, useOrg } from '@commonhall/ui'
import { useState } from 'react'
import type { BallotContest } from '../../../ballots/ballot.ts'
import { t } from '../t.ts'
import { marksOf, type Typed } from './on-paper.ts'

export type Kind = 'ballot' | 'void'

interface Entered {
  readonly number: string
  readonly state: string
}

/** What is told of a paper that was entered, and nothing of what the other person entered. */
const told = (({ number, state }: Entered) =>
  state === 'entered'
    ? t('paper.first', { number })
    : state === 'agreed'
      ? t('paper.agreed', { number })
      : state === 'differs'
        ? t('paper.differs', { number })
        : t('paper.other', { number })) satisfies (entered: Entered) => string

interface Asked {
  readonly contests: readonly BallotContest[]
  /** Where it is sent. */
  readonly path: string
  /** A paper that is settled has its number already, and always a reason. */
  readonly isSettling: boolean
  readonly onDone?: () => void
}

const choicesOf = (contests: readonly BallotContest[], typed: Readonly<Record<string, Typed>>) =>
  Object.fromEntries(contests.map((one) => [one.id, marksOf(one, typed[one.id] ?? {})]))

/** A paper as it is typed: its number, its marks, whether it is void and why. */
export function useEntry({ contests, path, isSettling, onDone }: Asked) {
  const org = useOrg()
  const [number, setNumber] = useState('')
  const [kind, setKind] = useState<Kind>('ballot')
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState<Readonly<Record<string, Typed>>>({})
  const [said, setSaid] = useState('')
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const needsReason = isSettling || kind === 'void'
  const isNumbered = isSettling || number.trim() !== ''
  const isReasoned = !needsReason || reason.trim().length >= 3
  const clear = () => {
    setNumber('')
    setKind('ballot')
    setReason('')
    setTyped({})
  }
  const send = async (): Promise<boolean> => {
    const fault = isNumbered ? (isReasoned ? '' : t('paper.needsReason')) : t('paper.needsNumber')
    setRefused(fault)
    setSaid('')
    if (fault || isBusy) return false
    setBusy(true)
    try {
      const body = {
        kind,
        ...(kind === 'ballot' ? { choices: choicesOf(contests, typed) } : {}),
        ...(isSettling ? {} : { number: number.trim() }),
        ...(needsReason ? { reason: reason.trim() } : {}),
      }
      setSaid(told(await call<Entered>('POST', `/orgs/${org}/${path}`, { body })))
      clear()
      void refresh(org)
      onDone?.()
      return true
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      setRefused(failure.errors[0]?.message ?? failure.message)
      return false
    } finally {
      setBusy(false)
    }
  }
  return {
    number,
    setNumber,
    kind,
    setKind,
    reason,
    setReason,
    typed,
    setTyped,
    needsReason,
    said,
    refused,
    isBusy,
    send,
  }
}
