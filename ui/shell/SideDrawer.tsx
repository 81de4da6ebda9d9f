import { type ReactNode, useEffect, useRef } from 'react'
import { CloseButton } from '@mantine/core'
import { t } from '../say.ts'
import classes from './shell.module.css'

interface SideDrawerProps {
  isOpen: boolean
  onClose: () => void
  children: ReactNode
}

/**
 * The navigation on a phone. A dialog of the browser's own: it keeps the focus inside and closes with Escape by
 * itself.
 */
export function SideDrawer({ isOpen, onClose, children }: SideDrawerProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  return (
    <dialog
      ref={dialog}
      className={classes['drawer']}
      aria-label={t('shell.navigation')}
      onClose={onClose}
      closedby="any"
    >
      {isOpen ? (
        <nav aria-label={t('shell.navigation')}>
          <CloseButton size="lg" ml="auto" aria-label={t('shell.closeMenu')} onClick={onClose} />
          {children}
        </nav>
      ) : null}
    </dialog>
  )
}
