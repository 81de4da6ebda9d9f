import { useShortcuts } from '../keyboard.ts'
import { t } from '../say.ts'

const rowLinks = () => [...document.querySelectorAll<HTMLElement>('[data-row-link]')]

/** Moves the focus itself from row to row, so that Enter opens and a screen reader reads along. */
function move(step: 1 | -1) {
  const all = rowLinks()
  const here = all.findIndex((link) => link.closest('tr, li')?.contains(document.activeElement))
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + step))]
  next?.focus()
  next?.closest('tr, li')?.scrollIntoView({ block: 'nearest' })
}

/** j and k walk through the rows, x picks one. */
export function useRowKeys(pick: ((id: string) => void) | undefined) {
  const group = t('keys.list')
  useShortcuts([
    { keys: 'j', label: t('keys.nextRow'), group, run: () => move(1) },
    { keys: 'k', label: t('keys.lastRow'), group, run: () => move(-1) },
    ...(pick
      ? [
          {
            keys: 'x',
            label: t('keys.pickRow'),
            group,
            run() {
              const link = rowLinks().find((one) => one.closest('tr')?.contains(document.activeElement))
              if (link?.dataset['rowLink']) pick(link.dataset['rowLink'])
            },
          },
        ]
      : []),
  ])
}
