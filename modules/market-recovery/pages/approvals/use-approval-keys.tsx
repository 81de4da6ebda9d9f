import { useShortcuts } from '@commonhall/ui'
import { t } from '../t.ts'
import type { Deciding } from './use-deciding.tsx'
import type { Queue } from './use-queue.tsx'

/** J and K move, A approves, R sends back, X selects: what is picked, or else the week that is looked at. */
export function useApprovalKeys(queue: Queue, deciding: Deciding) {
  const group = t('approvals.group')
  const picked = () => queue.rows.filter(({ id }) => queue.picked.has(id))
  const meant = () => (picked().length ? picked() : queue.current ? [queue.current] : [])
  const move = (step: 1 | -1) => {
    const { current, rows } = queue
    const next = current ? queue.neighbor(current.id, step) : rows[0]?.id
    if (next) queue.choose(next, true)
    else if (current) queue.choose(current.id, true)
  }
  useShortcuts([
    { keys: 'j', label: t('approvals.next'), group, run: () => move(1) },
    { keys: 'k', label: t('approvals.last'), group, run: () => move(-1) },
    { keys: 'a', label: t('approvals.approve'), group, run: () => deciding.approve(meant()) },
    { keys: 'r', label: t('approvals.reject'), group, run: () => meant().length && deciding.ask(meant()) },
    { keys: 'x', label: t('approvals.pickKey'), group, run: () => queue.current && queue.pick(queue.current.id) },
  ])
}
