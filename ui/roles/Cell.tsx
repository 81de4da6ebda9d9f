import { Tick } from '../parts/Tick.tsx'
import { t } from '../say.ts'
import classes from './roles.module.css'
import type { Box } from './use-matrix.ts'

interface CellProps {
  box: Box
  label: string
  /** What every organization begins with. */
  start?: boolean
  /** The one box of the grid that Tab leads to; the arrows lead on from there. */
  isStop?: boolean
  onSet: (isOn: boolean) => void
  onTell?: (words: string) => void
}

/** What there is to say about a box besides whether it is ticked. */
export const tellOf = ({ reason, differs }: Box, start = false): string =>
  [reason, differs ? t('roles.differs', { start: t(start ? 'roles.yes' : 'roles.no') }) : ''].filter(Boolean).join(' ')

/** One box of the matrix. One that cannot be changed stays reachable, and says why. */
export function Cell({ box, label, start, isStop = true, onSet, onTell }: CellProps) {
  const words = tellOf(box, start)
  const tell = () => onTell?.(words ? `${label}. ${words}` : '')
  return (
    <span
      className={classes['box']}
      data-pending={box.isPending || undefined}
      data-differs={box.differs || undefined}
      data-fixed={box.reason ? true : undefined}
      onMouseEnter={tell}
    >
      <Tick
        aria-label={label}
        title={words || undefined}
        checked={box.isOn}
        aria-disabled={box.reason ? true : undefined}
        tabIndex={isStop ? 0 : -1}
        onFocus={tell}
        onChange={(event) => (box.reason ? tell() : onSet(event.currentTarget.checked))}
      />
    </span>
  )
}
