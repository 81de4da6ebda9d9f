import { Alert } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { flash } from '../preferences.ts'
import { t } from '../say.ts'
import classes from '../shell/shell.module.css'

/** The message that the page before left, if any; read once. */
export function FlashMessage() {
  const [message] = useState(() => flash.take())
  if (!message) return null
  return (
    <Alert role="status" mb="lg" color={message.tone === 'good' ? 'green' : 'yellow'} variant="light">
      {message.text}
    </Alert>
  )
}

/** The quiet card of pages for people who are not signed in. */
export function Frame({ title, children, foot }: { title: string; children: ReactNode; foot?: ReactNode }) {
  useDocumentTitle(t('shell.tab', { title }))
  const card = useRef<HTMLDivElement>(null)
  // These pages have one purpose: the first thing to fill in is where one starts.
  useEffect(() => card.current?.querySelector<HTMLElement>('input:not([readonly])')?.focus(), [title])
  return (
    <main className={classes['plain']}>
      <div className={classes['card']} ref={card}>
        <div className={classes['brand']}>
          <img src="/mark.svg" alt="" width={28} height={28} />
          {t('shell.name')}
        </div>
        <h1>{title}</h1>
        <FlashMessage />
        {children}
      </div>
      {foot ? <p className={classes['foot']}>{foot}</p> : null}
    </main>
  )
}
