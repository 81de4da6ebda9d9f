import { Menu } from '@mantine/core'
import type { Allowed } from '../wire/catalog.ts'
import { Icon } from './Icon.tsx'
import classes from './parts.module.css'

interface MenuEntryProps {
  icon: string
  label: string
  allowed: Allowed
  onClick: () => void
}

/** An act in a menu; one that is not open stays in it, with the reason. */
export const MenuEntry = ({ icon, label, allowed, onClick }: MenuEntryProps) => (
  <Menu.Item
    leftSection={<Icon name={icon} size={16} />}
    // A disabled item takes no focus, and nobody with a keyboard or a screen reader would learn the reason.
    {...(allowed === true
      ? { onClick }
      : { 'aria-disabled': true, closeMenuOnClick: false, className: classes['off'] ?? '' })}
  >
    {label}
    {allowed === true ? null : <small data-reason>{allowed}</small>}
  </Menu.Item>
)
