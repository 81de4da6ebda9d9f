import { VisuallyHidden } from '@mantine/core'
import { useMemo } from 'react'
import classes from '../proposals.module.css'
import { t } from '../t.ts'
import { differenceOf, sizeOf } from './diff.ts'

const said = { removed: 'text.removed', added: 'text.added' } as const
const marks = { removed: 'del', added: 'ins' } as const

interface ChangesProps {
  readonly from: string
  readonly to: string
}

/** A text with what went and what came, word by word; read aloud, both are named. */
export function Changes({ from, to }: ChangesProps) {
  const pieces = useMemo(() => differenceOf(from, to), [from, to])
  if (pieces.every(({ kind }) => kind === 'same')) return <p className={classes['quiet']}>{t('text.same')}</p>
  return (
    <>
      <p className={classes['size']}>{t('text.counted', sizeOf(pieces))}</p>
      <div className={classes['prose']} data-prose data-changes>
        {pieces.map(({ kind, text }, index) => {
          // A piece is where it is: texts that change are compared anew.
          const key = `${index}`
          if (kind === 'same') return <span key={key}>{text}</span>
          const Mark = marks[kind]
          return (
            <Mark key={key}>
              <VisuallyHidden> {t(said[kind])} </VisuallyHidden>
              {text}
              <VisuallyHidden> {t('text.ended')} </VisuallyHidden>
            </Mark>
          )
        })}
      </div>
    </>
  )
}
