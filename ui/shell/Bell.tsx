import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { unreadQuery } from '../wire/live.ts'
import classes from './bell.module.css'

const panel = () => import('../inbox/Panel.tsx')
const Panel = lazy(panel)

/** How many messages wait, and the way to the newest of them. */
export function Bell() {
  const { data: count = 0 } = useQuery(unreadQuery(useOrg()))
  const [isOpen, { open, close }] = useDisclosure(false)
  return (
    <>
      <button
        type="button"
        className={classes['bell']}
        aria-haspopup="dialog"
        aria-label={count ? t('shell.bellUnread', { count }) : t('shell.bell')}
        onClick={open}
        onPointerEnter={() => void panel().catch(() => {})}
      >
        <Icon name="bell" size={18} />
        {count ? <b aria-hidden>{count > 99 ? '99+' : count}</b> : null}
      </button>
      <Suspense>{isOpen ? <Panel onClose={close} /> : null}</Suspense>
    </>
  )
}
