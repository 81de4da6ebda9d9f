import { actOn, actOnMany, formatDate, Problem, refresh, type Row, toast, toastFailure } from '@commonhall/ui'
import { useState } from 'react'
import { t } from '../t.ts'
import type { Queue } from './use-queue.tsx'

type Act = 'approve' | 'reject'

/** How a week is called in a sentence. */
export const weekOf = (row: Row) =>
  t('approvals.week', { member: row.titles?.['member'] ?? '', ending: formatDate(String(row['week_ending'])) })

const done = { approve: 'approvals.approved', reject: 'approvals.rejected' } as const
const doneMany = { approve: 'approvals.approvedMany', reject: 'approvals.rejectedMany' } as const

/** Takes approvals back, as long as nothing is paid. */
async function reopen(org: string, rows: readonly Row[]) {
  try {
    const [only] = rows
    if (rows.length === 1 && only) {
      await actOn(org, 'hours', only.id, 'reopen', {})
      toast(t('approvals.reopened', { week: weekOf(only) }))
    } else {
      const told = await actOnMany(
        org,
        'hours',
        'reopen',
        rows.map(({ id }) => id),
      )
      toast(t('approvals.reopenedMany', { count: told.done.length }))
      for (const { reason } of told.refused.slice(0, 1)) toast(reason)
    }
  } catch (failure) {
    toastFailure(failure)
  }
  await refresh(org)
}

type Asked = Readonly<Record<string, unknown>>

const undoOf = (org: string, act: Act, rows: readonly Row[]) =>
  act === 'approve' ? { undo: () => void reopen(org, rows) } : {}

async function decideOne(org: string, act: Act, row: Row, asked: Asked) {
  await actOn(org, 'hours', row.id, act, asked)
  toast(t(done[act], { week: weekOf(row) }), undoOf(org, act, [row]))
}

/** Answers what stays, and why. */
async function decideMany(org: string, act: Act, rows: readonly Row[], asked: Asked) {
  const ids = rows.map(({ id }) => id)
  const told = await actOnMany(org, 'hours', act, ids, asked)
  const those = rows.filter(({ id }) => told.done.includes(id))
  if (those.length) toast(t(doneMany[act], { count: those.length }), undoOf(org, act, those))
  if (told.refused.length) toast(t('approvals.refusedMany', { count: told.refused.length }))
  return told.refused
}

/** Which weeks are on their way, and what was said of those that stayed. */
function useStanding() {
  const [busy, setBusy] = useState<ReadonlySet<string>>(new Set())
  const [refused, setRefused] = useState<ReadonlyMap<string, string>>(new Map())
  return {
    busy,
    refused,
    hold: (ids: readonly string[], isHeld: boolean) =>
      setBusy((now) => (isHeld ? now.union(new Set(ids)) : now.difference(new Set(ids)))),
    tell: (reasons: readonly { id: string; reason: string }[], ids: readonly string[]) =>
      setRefused((now) => {
        const next = new Map([...now].filter(([id]) => !ids.includes(id)))
        for (const { id, reason } of reasons) next.set(id, reason)
        return next
      }),
  }
}

/** Approving and sending back, one week or many, and why what stays has stayed. */
export function useDeciding(org: string, queue: Queue) {
  const { busy, refused, hold, tell } = useStanding()
  const [rejecting, setRejecting] = useState<readonly Row[]>()

  /** A refusal of one stands beside it; a dialog that asked is told as well. */
  const decide = async (act: Act, rows: readonly Row[], asked: Asked = {}) => {
    const ids = rows.map(({ id }) => id)
    const [only] = rows
    hold(ids, true)
    try {
      if (rows.length === 1 && only) await decideOne(org, act, only, asked)
      else {
        tell(await decideMany(org, act, rows, asked), ids)
        queue.pickAll(false)
      }
    } catch (failure) {
      if (failure instanceof Problem && only) tell([{ id: only.id, reason: failure.message }], ids)
      throw failure
    } finally {
      // The queue is read anew before the rows are let go, so that none of them blinks.
      await refresh(org)
      hold(ids, false)
    }
  }

  /** Moves on at once: the next week is looked at while this one is on its way. */
  const step = (row: Row) => {
    const next = queue.neighbor(row.id, 1, busy) ?? queue.neighbor(row.id, -1, busy)
    if (queue.current?.id === row.id && next) queue.choose(next, true)
  }

  return {
    busy,
    refused,
    rejecting,
    ask: setRejecting,
    approve(rows: readonly Row[]) {
      const [only] = rows
      if (!only || rows.some(({ id }) => busy.has(id))) return
      const may = only.can?.['approve']
      if (rows.length === 1 && typeof may === 'string') return tell([{ id: only.id, reason: may }], [only.id])
      if (rows.length === 1) step(only)
      decide('approve', rows).catch((failure: unknown) => {
        if (rows.length > 1 || !(failure instanceof Problem)) toastFailure(failure)
        else if (failure.code !== 'proof_needed') toast(`${weekOf(only)}: ${failure.message}`)
      })
    },
    async reject(reason: string) {
      const rows = rejecting ?? []
      const [only] = rows
      await decide('reject', rows, { reason })
      if (only && rows.length === 1) step(only)
    },
  }
}

export type Deciding = ReturnType<typeof useDeciding>
