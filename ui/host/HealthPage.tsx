import { Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatAgo, formatBytes, formatCount } from '../fields/format.ts'
import { links } from '../links.ts'
import { Ago } from '../parts/Ago.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { State, type Tone } from '../parts/State.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type Health, healthQuery } from '../wire/host.ts'
import classes from './host.module.css'

/** What is not as it should be, by the name of what is looked at. */
function concerns({ queue, mail, mails, webhooks, files, storage, database }: Health): Partial<Record<string, Tone>> {
  const late = queue.oldest_waiting_at ? Date.now() - Date.parse(queue.oldest_waiting_at) > 5 * 60_000 : false
  return {
    ...(late ? { waiting: 'warn' } : {}),
    ...(queue.failed ? { failed: 'warn' } : {}),
    ...((mails.oldest_seconds ?? 0) > 900 ? { mailsWaiting: 'warn' } : {}),
    ...(webhooks.disabled ? { webhooks: 'warn' } : {}),
    ...(mail === 'none' ? { mail: 'bad' } : mail === 'mailbox' ? { mail: 'warn' } : {}),
    ...(files.store_state === 'away' ? { store: 'bad' } : {}),
    ...(files.scanner === 'ready' ? {} : { scanner: files.scanner === 'away' ? 'bad' : 'warn' }),
    ...(storage && storage.free_bytes / storage.bytes < 0.1 ? { storage: 'bad' } : {}),
    ...(database.connections > database.most_connections * 0.9 ? { connections: 'warn' } : {}),
  }
}

interface FactProps {
  label: string
  concern?: Tone | undefined
  children: ReactNode
}

const Fact = ({ label, concern, children }: FactProps) => (
  <div>
    <dt>{label}</dt>
    <dd>{concern ? <State tone={concern}>{children}</State> : children}</dd>
  </div>
)

const Board = ({ title, children, below }: { title: string; children: ReactNode; below?: ReactNode }) => (
  <section className={classes['section']}>
    <header>
      <h2>{title}</h2>
    </header>
    <dl className={classes['facts']}>{children}</dl>
    {below}
  </section>
)

const mailWays = ['smtp', 'sendgrid', 'mailbox', 'none'] as const

function mailOf(mail: string): string {
  const way = mailWays.find((one) => one === mail)
  return way ? t(`host.mailBy.${way}`) : t('host.mailOther', { name: mail })
}

const JobsTable = ({ jobs }: { jobs: Health['queue']['jobs'] }) => (
  <table className={classes['table']}>
    <thead>
      <tr>
        <th scope="col">{t('host.job')}</th>
        <th scope="col" data-end>
          {t('host.waiting')}
        </th>
        <th scope="col" data-end>
          {t('host.failed')}
        </th>
      </tr>
    </thead>
    <tbody>
      {jobs.map(({ name, label, waiting, failed }) => (
        <tr key={name}>
          <th scope="row">{label}</th>
          <td data-end>{formatCount(waiting)}</td>
          <td data-end>{formatCount(failed)}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

function Queue({ queue, wrong }: { queue: Health['queue']; wrong: ReturnType<typeof concerns> }) {
  const { oldest_waiting_at: oldest } = queue
  const waiting = oldest
    ? t('host.waitingSince', { count: queue.waiting, ago: formatAgo(oldest) })
    : formatCount(queue.waiting)
  return (
    <Board
      title={t('host.queue')}
      below={
        <>
          {queue.jobs.length ? (
            <JobsTable jobs={queue.jobs} />
          ) : (
            <p className={classes['quiet']} style={{ marginTop: '0.75rem' }}>
              {t('host.idle')}
            </p>
          )}
          <p className={classes['onward']}>
            <Link {...links.hostJobs()}>{t(queue.failed ? 'host.toFailed' : 'host.toJobs')}</Link>
          </p>
        </>
      }
    >
      <Fact label={t('host.waiting')} concern={wrong['waiting']}>
        {waiting}
      </Fact>
      <Fact label={t('host.running')}>{formatCount(queue.running)}</Fact>
      <Fact label={t('host.failed')} concern={wrong['failed']}>
        {formatCount(queue.failed)}
      </Fact>
    </Board>
  )
}

/** What leaves the house: mail and webhooks. */
const Sent = ({ health: { mail, mails, webhooks }, wrong }: { health: Health; wrong: ReturnType<typeof concerns> }) => (
  <Board title={t('host.sent')}>
    <Fact label={t('host.mail')} concern={wrong['mail']}>
      {mailOf(mail)}
    </Fact>
    <Fact label={t('host.mailsWaiting')} concern={wrong['mailsWaiting']}>
      {mails.oldest_seconds === null
        ? t('host.none')
        : t('host.waitingSince', { count: mails.waiting, ago: formatAgo(ago(mails.oldest_seconds)) })}
    </Fact>
    <Fact label={t('host.mailsFailed')}>{formatCount(mails.failed_last_hour)}</Fact>
    <Fact label={t('host.webhookMessages')}>{formatCount(webhooks.waiting)}</Fact>
    <Fact label={t('host.webhooksDisabled')} concern={wrong['webhooks']}>
      {webhooks.disabled ? t('host.webhooksDisabledOf', { count: webhooks.disabled }) : t('host.none')}
    </Fact>
  </Board>
)

function Files({ files, wrong }: { files: Health['files']; wrong: ReturnType<typeof concerns> }) {
  const store = files.store === 'disk' || files.store === 's3' ? t(`host.storeBy.${files.store}`) : files.store
  const { scanner, without_scanner: without } = files
  return (
    <Board title={t('host.files')}>
      <Fact label={t('host.filesIn')}>{formatBytes(files.bytes)}</Fact>
      <Fact label={t('host.store')} concern={wrong['store']}>
        {files.store_state === 'away' ? t('host.storeBy.away', { store }) : store}
      </Fact>
      <Fact label={t('host.scanner')} concern={wrong['scanner']}>
        {t(`host.scannerBy.${scanner === 'none' ? without : scanner}`)}
      </Fact>
    </Board>
  )
}

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString()

function Boards({ health, wrong }: { health: Health; wrong: ReturnType<typeof concerns> }) {
  const { database, storage, migrations, orgs } = health
  const ago = migrations.last_at ? formatAgo(migrations.last_at) : t('host.never')
  return (
    <div className={classes['boards']}>
      <Board title={t('host.whole')}>
        <Fact label={t('host.orgs')}>{t(orgs.suspended ? 'host.suspendedOf' : 'host.noneSuspended', orgs)}</Fact>
        <Fact label={t('host.people')}>{formatCount(health.people)}</Fact>
        <Fact label={t('host.sessions')}>{formatCount(health.sessions)}</Fact>
      </Board>
      <Board title={t('host.database')}>
        <Fact label={t('host.postgres')}>{database.version}</Fact>
        <Fact label={t('host.size')}>{formatBytes(database.bytes)}</Fact>
        <Fact label={t('host.answers')}>{t('host.ms', { ms: database.ms })}</Fact>
        <Fact label={t('host.connections')} concern={wrong['connections']}>
          {t('host.of', { count: database.connections, most: database.most_connections })}
        </Fact>
        <Fact label={t('host.migrations')}>{t('host.migrationsRun', { count: migrations.count, ago })}</Fact>
      </Board>
      <Queue queue={health.queue} wrong={wrong} />
      <Sent health={health} wrong={wrong} />
      <Files files={health.files} wrong={wrong} />
      <Board title={t('host.server')}>
        <Fact label={t('host.version')}>{health.version}</Fact>
        <Fact label={t('host.up')}>
          <Ago at={health.started_at} />
        </Fact>
        <Fact label={t('host.memory')}>{formatBytes(health.memory_bytes)}</Fact>
        <Fact label={t('host.storage')} concern={wrong['storage']}>
          {storage
            ? t('host.free', { free: formatBytes(storage.free_bytes), all: formatBytes(storage.bytes) })
            : t('host.noStorage')}
        </Fact>
      </Board>
    </div>
  )
}

/** How the installation is doing; looked at again every quarter of a minute. */
export function HealthPage() {
  const { data, error, isPending, refetch } = useQuery(healthQuery)
  if (isPending) return <Skeleton height={320} mt="xl" />
  if (!data) return <Trouble failure={error} onRetry={() => void refetch()} isPage />
  const wrong = concerns(data)
  const count = Object.keys(wrong).length
  return (
    <>
      <PageHead
        title={t('host.health')}
        note={<State tone={count ? 'warn' : 'good'}>{count ? t('host.look', { count }) : t('host.fine')}</State>}
      />
      <Boards health={data} wrong={wrong} />
    </>
  )
}
