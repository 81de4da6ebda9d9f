import type { ComponentProps } from 'react'
import classes from './parts.module.css'

interface TickProps extends Omit<ComponentProps<'input'>, 'type' | 'ref'> {
  /** Some of what it stands for is ticked, and some is not. */
  isPartly?: boolean
}

/** A bare checkbox. A list draws two hundred of them, where Mantine's would cost more than all the other cells. */
export const Tick = ({ isPartly = false, ...props }: TickProps) => (
  <input
    {...props}
    type="checkbox"
    className={classes['tick']}
    ref={(box) => {
      if (box) box.indeterminate = isPartly
    }}
  />
)
