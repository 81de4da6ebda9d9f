import { Button, Skeleton } from '@mantine/core'
import {
  Ago,
  Empty,
  links,
  PageHead,
  recordQuery,
  State,
  toast,
  Trail,
  Trouble,
  useCatalog,
  useOrg,
} from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import classes from '../elections.module.css'
import own from '../office/office.module.css'
import { watchQuery } from '../queries.tsx'
import { RollList } from '../roll/RollList.tsx'
import { t } from '../t.ts'
import type { Watch } from '../wire.ts'
import { Agreement, Numbers } from './Numbers.tsx'

/** Long strings of digits are read and copied in groups of four. */
const inGroups = (digits: string) => digits.match(/.{1,4}/g)?.join(' ') ?? digits

function Print({ title, text, value }: { title: string; text: string; value: string }) {
  const copy = async () => {
    await navigator.clipboard.writeText(value)
    toast(t('elections.watching.copied'))
  }
  return (
    <section className={classes['section']}>
      <header>
        <h2>{title}</h2>
        <Button
          size="compact-md"
          variant="default"
          aria-label={`${t('elections.watching.copy')}: ${title}`}
          onClick={() => void copy()}
        >
          {t('elections.watching.copy')}
        </Button>
      </header>
      <p className={classes['quiet']}>{text}</p>
      <p className={own['print']}>{inGroups(value)}</p>
    </section>
  )
}

/** The key, the box and its seal, in plain words. */
function Proofs({ watch }: { watch: Watch }) {
  const { key_fingerprint: print, seal, rewritten_at: rewritten } = watch
  const [before = '', after = ''] = t('elections.watching.rewritten', { ago: '\u0001' }).split('\u0001')
  return (
    <>
      {print ? (
        <Print title={t('elections.watching.key')} text={t('elections.watching.keyText')} value={print} />
      ) : (
        <section className={classes['section']}>
          <h2>{t('elections.watching.key')}</h2>
          <p className={classes['quiet']}>{t('elections.watching.noKey')}</p>
        </section>
      )}
      {seal ? (
        <Print title={t('elections.watching.seal')} text={t('elections.watching.sealText')} value={seal} />
      ) : (
        <section className={classes['section']}>
          <h2>{t('elections.watching.box')}</h2>
          <p className={classes['quiet']}>
            {rewritten ? (
              <>
                {before}
                <Ago at={rewritten} />
                {after}
              </>
            ) : (
              t('elections.watching.notRewritten')
            )}
          </p>
        </section>
      )}
    </>
  )
}

/** What an observer sees: that everything is in order, and never how anybody voted. */
export default function WatchPage() {
  const org = useOrg()
  const { id = '' } = useParams({ strict: false })
  const field = useCatalog().resources['governance.election']?.fields['state'] as
    | { readonly tones?: Record<string, 'good'>; readonly names?: Record<string, string> }
    | undefined
  const election = useQuery(recordQuery(org, 'elections', id))
  const isOpen = election.data?.['state'] === 'voting'
  const watch = useQuery(watchQuery(org, id, isOpen))
  const failed = election.error ?? watch.error
  if (failed && !watch.data) return <Trouble failure={failed} onRetry={() => void watch.refetch()} isPage />
  if (!election.data || !watch.data) return <Skeleton height={320} mt="2.5rem" />
  const name = String(election.data['name'])
  const trail = <Trail to={links.record(org, 'elections', id)} label={name} />
  const state = String(election.data['state'])
  if (!watch.data.watcher)
    return (
      <>
        <PageHead title={t('elections.watching.title', { election: name })} trail={trail} />
        <Empty icon="lock" title={t('elections.watching.notYou')} text={t('elections.watching.notYouText')} />
      </>
    )
  return (
    <>
      <PageHead
        title={t('elections.watching.title', { election: name })}
        trail={trail}
        note={<State tone={field?.tones?.[state] ?? 'idle'}>{t(`elections.stateName.${state as 'voting'}`)}</State>}
      />
      <p className={classes['quiet']} style={{ maxWidth: '44rem', paddingBottom: '1.1rem' }}>
        {t('elections.watching.intro')}
      </p>
      <Numbers watch={watch.data} />
      <Agreement watch={watch.data} />
      <Proofs watch={watch.data} />
      <section className={classes['section']} aria-labelledby="roll">
        <h2 id="roll">{t('elections.watching.roll')}</h2>
        <p className={classes['quiet']} style={{ marginBottom: '0.75rem' }}>
          {t('elections.watching.rollText')}
        </p>
        <RollList election={id}>
          <p className={classes['quiet']}>{t('elections.turnout.none')}</p>
        </RollList>
      </section>
    </>
  )
}
