import { Anchor, Skeleton } from '@mantine/core'
import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { links } from '../links.ts'
import { t } from '../say.ts'
import classes from '../shell/shell.module.css'
import { Empty } from './Empty.tsx'
import { Trouble } from './Trouble.tsx'

/** A page whose code or words are still on their way. */
export const Waiting = () => (
  <div aria-busy aria-label={t('shell.loading')} role="status">
    <Skeleton height={24} width="14rem" mt="2rem" mb="1.5rem" />
    <Skeleton height={36} mb="xs" />
    <Skeleton height={36} mb="xs" />
    <Skeleton height={36} />
  </div>
)

/** The frame itself is still on its way. */
export const ShellWaiting = () => (
  <main className={classes['shell']}>
    <div className={classes['side']} aria-hidden />
    <div className={classes['main']}>
      <h1 className="mantine-visually-hidden">{t('shell.loading')}</h1>
      <Waiting />
    </div>
  </main>
)

/** An address that leads nowhere. */
export const Missing = () => (
  <Empty icon="search" title={t('problem.missingTitle')} text={t('problem.missingText')} isPage>
    <Anchor renderRoot={(props) => <Link {...links.orgs()} {...props} />}>{t('problem.home')}</Anchor>
  </Empty>
)

/** The same where no shell stands around it. */
export const AllMissing = () => (
  <main className={classes['plain']}>
    <Missing />
  </main>
)

/** A page that could not be shown at all. */
export function PageTrouble({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  useEffect(() => queries.reset(), [queries])
  const again = () => {
    reset()
    void router.invalidate()
  }
  return (
    <>
      <Trouble failure={error} onRetry={again} isPage />
      <p style={{ textAlign: 'center' }}>
        <Anchor renderRoot={(props) => <Link {...links.orgs()} {...props} />}>{t('problem.home')}</Anchor>
      </p>
    </>
  )
}

/** The same where no shell stands around it: nobody is signed in, or there is no such org. */
export const AllTrouble = (props: ErrorComponentProps) => (
  <main className={classes['plain']}>
    <PageTrouble {...props} />
  </main>
)
