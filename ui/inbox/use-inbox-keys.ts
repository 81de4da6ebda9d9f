import { useShortcuts } from '../keyboard.ts'
import { t } from '../say.ts'
import type { InboxItem } from '../wire/inbox.ts'
import { setRead } from './acts.ts'

const titles = () => [...document.querySelectorAll<HTMLElement>('#main [data-item]')]

const here = (all: readonly HTMLElement[]) =>
  all.findIndex((title) => title.closest('li')?.contains(document.activeElement))

function move(step: 1 | -1) {
  const all = titles()
  const at = here(all)
  const next = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))]
  next?.focus()
  next?.closest('li')?.scrollIntoView({ block: 'nearest' })
}

/** j and k walk through the messages, Enter opens one as it does any link, u marks it as read or unread. */
export function useInboxKeys(org: string, items: readonly InboxItem[]) {
  const group = t('inbox.group')
  const toggle = () => {
    const all = titles()
    const item = items.find(({ id }) => id === all[here(all)]?.dataset['item'])
    if (item) setRead(org, item, !item.read_at)
  }
  useShortcuts([
    { keys: 'j', label: t('inbox.nextKey'), group, run: () => move(1) },
    { keys: 'k', label: t('inbox.lastKey'), group, run: () => move(-1) },
    { keys: 'u', label: t('inbox.readKey'), group, run: toggle },
  ])
}
