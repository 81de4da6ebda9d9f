import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './account.module.css'

/** One subject of the account: what it is on the left, what there is on the right. */
export const Section = ({ title, text, children }: { title: string; text?: string; children: ReactNode }) => (
  <section className={classes['section']} aria-label={title}>
    <div>
      <h2>{title}</h2>
      {text ? (
        <Text c="dimmed" size="sm">
          {text}
        </Text>
      ) : null}
    </div>
    <div className={classes['content']}>{children}</div>
  </section>
)
