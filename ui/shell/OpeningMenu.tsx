import { Menu, type MenuProps } from '@mantine/core'
import { cloneElement, type ReactNode, useEffect, useRef, useState } from 'react'
import type { MenuButton } from './ShellMenu.tsx'

interface OpeningMenuProps {
  button: MenuButton
  position: NonNullable<MenuProps['position']>
  children: ReactNode
}

/** The menu that a button of the frame turns into when it is pressed for the first time. */
export function OpeningMenu({ button, position, children }: OpeningMenuProps) {
  const target = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    // It stands where the pressed button stood, so the focus goes on from it.
    target.current?.focus({ preventScroll: true })
    setOpen(true)
  }, [])
  return (
    <Menu opened={isOpen} onChange={setOpen} position={position} width="target">
      <Menu.Target>{cloneElement(button, { ref: target })}</Menu.Target>
      <Menu.Dropdown miw="14rem">{children}</Menu.Dropdown>
    </Menu>
  )
}
