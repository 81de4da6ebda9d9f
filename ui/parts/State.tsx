import type { ReactNode } from 'react'
import classes from './parts.module.css'

export type Tone = 'good' | 'warn' | 'bad' | 'idle' | 'new'

/** A state in words; the dot's color and shape only repeat what the word says. */
export function State({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={classes['state']} data-tone={tone}>
      <span className={classes['dot']} aria-hidden />
      {children}
    </span>
  )
}
