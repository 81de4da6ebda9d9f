import { type ReactNode, useEffect, useRef } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { CopyButton } from './CopyButton.tsx'
import classes from './secret.module.css'
import './words.ts'

interface SecretOnceProps {
  title: string
  trail: ReactNode
  head: string
  text: string
  secret: string
  /** Leads on, once it is copied. */
  done: ReactNode
  /** How it is used. */
  children: ReactNode
}

/** A secret, this one time: the page begins with it, whatever stood there before. */
export function SecretOnce({ title, trail, head, text, secret, done, children }: SecretOnceProps) {
  const first = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    first.current?.focus({ preventScroll: true })
    for (const one of [window, document.getElementById('main')]) one?.scrollTo(0, 0)
  }, [])
  return (
    <div className={classes['made']}>
      <PageHead title={title} trail={trail} />
      <section className={classes['box']} aria-labelledby="copy-it">
        <h2 id="copy-it" ref={first} tabIndex={-1}>
          <Icon name="key" /> {head}
        </h2>
        <p>{text}</p>
        <div className={classes['secret']}>
          <code>{secret}</code>
          <CopyButton text={secret} />
        </div>
        {done}
      </section>
      {children}
    </div>
  )
}
