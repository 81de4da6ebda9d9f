import { CloseButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../say.ts'
import classes from './picked-bar.module.css'

interface PickedBarProps {
  /** What is picked, in words. */
  label: string
  /** What is picked as it is shown, and what can be done to it. */
  children: ReactNode
  onClear: () => void
}

/** Floats over a list while some of it is picked. */
export const PickedBar = ({ label, children, onClear }: PickedBarProps) => (
  <div className={classes['bar']} role="region" aria-label={label}>
    {children}
    <CloseButton aria-label={t('list.pickNone')} onClick={onClear} />
  </div>
)
