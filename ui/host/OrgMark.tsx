import { initials } from '../parts/initials.ts'
import classes from './host.module.css'

/** The mark of an org in its own color, as its people know it. */
export const OrgMark = ({ name, accent }: { name: string; accent: string }) => (
  <span
    className={classes['mark']}
    style={{ background: `var(--mantine-color-${accent}-7)` }}
    data-initials={initials(name)}
    aria-hidden
  />
)
