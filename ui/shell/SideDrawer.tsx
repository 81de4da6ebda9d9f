import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react'
import { CloseButton } from '@mantine/core'
import { t } from '../say.ts'
import classes from './shell.module.css'

interface SideDrawerProps {
  isOpen: boolean
  onClose: () => void
  children: ReactNode
}

/** The navigation on a phone. A dialog of the browser's own: it keeps the focus inside and closes with Escape by itself. */
export function SideDrawer({ isOpen, onClose, children }: SideDrawerProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (isOpen) dialog.current?.showModal()
    else dialog.current?.close()
  }, [isOpen])
  // The dialog covers only its own box; a click on itself that is outside of its children fell on the backdrop.
  const onClick = (event: MouseEvent) => {
    if (event.target === dialog.current) onClose()
  }
  return (
    <dialog
      ref={dialog}
      className={classes['drawer']}
      aria-label={t('shell.navigation')}
      onClose={onClose}
      onClick={onClick}
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
