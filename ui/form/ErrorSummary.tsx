import { Anchor } from '@mantine/core'
import type { FieldError } from '@commonhall/kernel'
import { useEffect, useRef } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import classes from './form.module.css'

interface ErrorSummaryProps {
  errors: readonly FieldError[]
  /** Ids of the controls are this followed by the field's name. */
  prefix: string
  failures: number
}

/** All that is wrong, above the form, taking the focus after each failed try; each line leads to its field. */
export function ErrorSummary({ errors, prefix, failures }: ErrorSummaryProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (failures) box.current?.focus()
  }, [failures])
  if (!failures || !errors.length) return null
  return (
    <div ref={box} className={classes['summary']} role="alert" tabIndex={-1} aria-labelledby={`${prefix}summary`}>
      <h2 id={`${prefix}summary`}>
        <Icon name="warning" /> {t('form.problems', { count: errors.length })}
      </h2>
      <ul>
        {errors.map((error) => (
          <li key={`${error.path}:${error.code}`}>
            <Anchor
              href={`#${prefix}${error.path}`}
              inherit
              onClick={(event) => {
                event.preventDefault()
                document.getElementById(`${prefix}${error.path}`)?.focus()
              }}
            >
              {error.message}
            </Anchor>
          </li>
        ))}
      </ul>
    </div>
  )
}
