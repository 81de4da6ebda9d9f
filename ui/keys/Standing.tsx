import { State } from '../parts/State.tsx'
import type { Key } from '../wire/keys.ts'
import classes from './keys.module.css'
import { standing } from './lasting.ts'

/** Whether a key works, and until when. */
export function Standing({ row }: { row: Key }) {
  const { tone, word, till } = standing(row)
  return (
    <span className={classes['standing']}>
      <State tone={tone}>{word}</State>
      {till ? <span data-quiet>{till}</span> : null}
    </span>
  )
}
