import { Button } from '@mantine/core'
import {
  ActButton,
  call,
  Empty,
  formatValue,
  Icon,
  type KnownResource,
  resourceByPath,
  type Row,
  State,
  useCatalog,
  useOrg,
} from '@commonhall/ui'
import { useState } from 'react'
import classes from '../elections.module.css'
import { Nominate } from '../member/Nominate.tsx'
import { t } from '../t.ts'
import { useDoing } from '../use-doing.tsx'
import { CandidateActs } from './CandidateActs.tsx'
import { ContestDialog } from './ContestDialog.tsx'

const tones = { nominated: 'new', accepted: 'good', declined: 'idle', withdrawn: 'idle', removed: 'bad' } as const

function CandidateLine({ row }: { row: Row }) {
  const resource = resourceByPath(useCatalog(), 'candidates')
  const state = String(row['state']) as keyof typeof tones
  const by = row.titles?.['nominated_by']
  return (
    <li data-out={['nominated', 'accepted'].includes(state) ? undefined : true}>
      <span>
        <b>{String(row['name'])}</b>
        <small>
          <State tone={tones[state]}>
            {t(`elections.candidate.${state}`, { reason: row['reason'] ?? '' }).replace(/: $/, '')}
          </State>
          {by ? ` · ${t('elections.nominatedBy', { name: by })}` : null}
        </small>
      </span>
      <span className={classes['acts']} style={{ margin: 0 }}>
        {resource ? <CandidateActs resource={resource} row={row} /> : null}
      </span>
    </li>
  )
}

interface EditorProps {
  readonly resource: KnownResource
  readonly election: Row
  readonly contests: readonly Row[]
  readonly candidates: readonly Row[]
}

interface LineProps extends Omit<EditorProps, 'contests'> {
  readonly contest: Row
}

type Doing = 'edit' | 'nominate' | undefined

interface ContestActsProps {
  readonly contest: Row
  /** Whoever was nominated is not removed along with it. */
  readonly isRemovable: boolean
  readonly isBusy: boolean
  readonly onRemove: () => Promise<void>
  readonly onDo: (doing: Doing) => void
}

function ContestActs({ contest, isRemovable, isBusy, onRemove, onDo }: ContestActsProps) {
  const name = String(contest['name'])
  return (
    <span className={classes['acts']} style={{ margin: 0 }}>
      {contest['method'] === 'yes-no' ? null : (
        <Button
          size="compact-md"
          variant="default"
          aria-label={t('elections.nominateFor', { office: name })}
          onClick={() => onDo('nominate')}
        >
          {t('elections.nominate')}
        </Button>
      )}
      <ActButton
        size="compact-md"
        variant="default"
        aria-label={t('office.contests.editOf', { name })}
        allowed={contest.can?.['update']}
        onClick={() => onDo('edit')}
      >
        {t('office.contests.edit')}
      </ActButton>
      {isRemovable ? (
        <ActButton
          size="compact-md"
          variant="default"
          aria-label={t('office.contests.removeOf', { name })}
          allowed={contest.can?.['delete']}
          loading={isBusy}
          onClick={() => void onRemove()}
        >
          {t('office.contests.remove')}
        </ActButton>
      ) : null}
    </span>
  )
}

function ContestLine({ resource, election, contest, candidates }: LineProps) {
  const org = useOrg()
  const { run, isBusy } = useDoing()
  const [doing, setDoing] = useState<Doing>()
  const name = String(contest['name'])
  const isEarly = ['draft', 'nominations'].includes(String(election['state']))
  const isWords = contest['method'] === 'yes-no'
  const remove = () =>
    run(
      () => call('DELETE', `/orgs/${org}/${resource.path}/${contest.id}`, { version: contest.version }),
      t('office.contests.removed', { name }),
    )
  const seats = isWords ? '' : ` · ${t('elections.seats', { count: Number(contest['seats']) })}`
  return (
    <li className={classes['contest']}>
      <header>
        <div>
          <h3>{name}</h3>
          <p className={classes['quiet']}>
            {formatValue(resource.fields['method'], contest['method'], undefined, resource.module)}
            {seats}
          </p>
        </div>
        {isEarly ? (
          <ContestActs
            contest={contest}
            isRemovable={!candidates.length}
            onRemove={remove}
            onDo={setDoing}
            isBusy={isBusy}
          />
        ) : null}
      </header>
      {candidates.length && !isWords ? (
        <ul className={classes['candidates']}>
          {candidates.map((row) => (
            <CandidateLine key={row.id} row={row} />
          ))}
        </ul>
      ) : isWords ? null : (
        <p className={classes['quiet']}>{t('elections.noCandidates')}</p>
      )}
      {doing === 'nominate' ? (
        <Nominate contest={contest} kind={String(election['kind'])} onClose={() => setDoing(undefined)} />
      ) : null}
      {doing === 'edit' ? (
        <ContestDialog
          resource={resource}
          election={election}
          contest={contest}
          position={Number(contest['position'])}
          onClose={() => setDoing(undefined)}
        />
      ) : null}
    </li>
  )
}

/** Offices and questions with those who stand: added, changed and removed until the ballot is published. */
export function ContestsEditor({ resource, election, contests, candidates }: EditorProps) {
  const [isAdding, setAdding] = useState(false)
  const isEarly = ['draft', 'nominations'].includes(String(election['state']))
  const add = isEarly ? (
    <Button
      variant={contests.length ? 'default' : 'filled'}
      leftSection={<Icon name="plus" size={16} />}
      onClick={() => setAdding(true)}
    >
      {t('office.contests.add')}
    </Button>
  ) : null
  return (
    <section className={classes['section']} aria-labelledby="contests">
      <header>
        <h2 id="contests">{t('office.contests.title')}</h2>
        {contests.length ? add : null}
      </header>
      {contests.length ? null : (
        <Empty icon="roll" title={t('office.contests.none')} text={t('office.contests.noneText')} isSmall>
          {add}
        </Empty>
      )}
      <ul className={classes['list']}>
        {contests.map((contest) => (
          <ContestLine
            key={contest.id}
            resource={resource}
            election={election}
            contest={contest}
            candidates={candidates.filter((row) => row['contest'] === contest.id)}
          />
        ))}
      </ul>
      {isAdding ? (
        <ContestDialog
          resource={resource}
          election={election}
          position={contests.length + 1}
          onClose={() => setAdding(false)}
        />
      ) : null}
    </section>
  )
}
