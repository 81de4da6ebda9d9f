import { Link, type LinkProps } from '@tanstack/react-router'
import { Icon } from './Icon.tsx'
import classes from './parts.module.css'

/** The way back up, above a page's title. */
export const Trail = ({ to, label }: { to: LinkProps; label: string }) => (
  <Link {...to} className={classes['trail'] ?? ''}>
    <Icon name="back" size={14} /> {label}
  </Link>
)
