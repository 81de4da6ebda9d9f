import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { formatAgo, formatInstant } from '../fields/format.ts'
import { Icon } from '../parts/Icon.tsx'
import { State } from '../parts/State.tsx'
import { toast, toastFailure } from '../parts/toast.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import { endOtherSessions, endSession, type OpenSession, sessionsQuery } from '../wire/sessions.ts'
import classes from './account.module.css'
import { Section } from './Section.tsx'

/** Carries out, shows what is left, and says what was done. */
async function act(work: () => Promise<string>) {
  try {
    const said = await work()
    await client.invalidateQueries({ queryKey: sessionsQuery.queryKey })
    toast(said)
  } catch (failure) {
    toastFailure(failure)
  }
}

const noteOf = ({ started_at: began, last_seen_at: seen, second_factor: factor, address }: OpenSession) => [
  [t('sessions.since', { date: formatInstant(began) }), ...(factor ? [t(`sessions.${factor}`)] : [])].join(' '),
  [...(address ? [address] : []), t('sessions.seen', { ago: formatAgo(seen) })].join(' · '),
]

function Line({ session }: { session: OpenSession }) {
  const { id, current } = session
  const device = session.device || t('sessions.unknown')
  const end = () =>
    act(async () => {
      await endSession(id)
      return t('sessions.ended', { device })
    })
  return (
    <li>
      <Icon name={/iPhone|iPad|Android/.test(device) ? 'phone' : 'screen'} />
      <div className={classes['what']}>
        <strong>{device}</strong>
        {noteOf(session).map((line) => (
          <span key={line}>{line}</span>
        ))}
      </div>
      {current ? (
        <State tone="good">{t('sessions.current')}</State>
      ) : (
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          aria-label={t('sessions.endOne', { device })}
          onClick={() => void end()}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}

/** Every browser and program in which one is signed in, this one first. */
export function Sessions() {
  const { data, error, refetch } = useQuery(sessionsQuery)
  const sessions = data?.data.toSorted((one, other) => Number(other.current) - Number(one.current)) ?? []
  const endOthers = () =>
    act(async () => {
      const { ended } = await endOtherSessions()
      return t('sessions.endedOthers', { count: ended })
    })
  return (
    <Section title={t('sessions.title')} text={t('sessions.text')}>
      {error && !data ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton height={120} aria-busy /> : null}
      <ul className={classes['lines']}>
        {sessions.map((one) => (
          <Line key={one.id} session={one} />
        ))}
      </ul>
      {sessions.length > 1 ? (
        <Button variant="default" onClick={() => void endOthers()}>
          {t('sessions.endOthers')}
        </Button>
      ) : null}
    </Section>
  )
}
