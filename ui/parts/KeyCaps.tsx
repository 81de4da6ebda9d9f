import { keyCaps } from '../keyboard.ts'
import classes from './parts.module.css'

/** The keys of a shortcut, drawn as caps. */
export const KeyCaps = ({ keys }: { keys: string }) => (
  <span className={classes['caps']}>
    {keyCaps(keys).map((cap) => (
      <kbd key={cap}>{cap}</kbd>
    ))}
  </span>
)
