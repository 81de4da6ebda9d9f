import { Alert, Button, SegmentedControl, Stack, TextInput } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useRef } from 'react'
import type { BallotContest } from '../../../ballots/ballot.ts'
import classes from '../elections.module.css'
import { t } from '../t.ts'
import { Marks } from './Marks.tsx'
import own from './paper.module.css'
import { useEntry } from './use-entry.tsx'

interface EntryProps {
  readonly contests: readonly BallotContest[]
  readonly path: string
  /** A paper that two people read differently is read once more. */
  readonly isSettling?: boolean
  readonly onDone?: () => void
}

const kinds = ['ballot', 'void'] as const

/** Enter goes on to the next field, and at the end to the button: no paper is entered in passing. */
function goOn(form: HTMLFormElement, from: EventTarget) {
  const stops = [...form.querySelectorAll<HTMLElement>('input:not([type="radio"]), button[type="submit"]')]
  stops[stops.findIndex((one) => one === from) + 1]?.focus()
}

interface ReadProps {
  readonly contests: readonly BallotContest[]
  readonly entry: ReturnType<typeof useEntry>
}

function onEnter(event: KeyboardEvent<HTMLFormElement>, submit: () => Promise<void>) {
  if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return
  event.preventDefault()
  if (event.ctrlKey || event.metaKey) void submit()
  else goOn(event.currentTarget, event.target)
}

/** What the paper says, or why it says nothing. */
const Read = ({ contests, entry }: ReadProps) => (
  <div style={{ paddingTop: '1rem' }}>
    {entry.kind === 'ballot'
      ? contests.map((contest) => (
          <Marks
            key={contest.id}
            contest={contest}
            typed={entry.typed[contest.id] ?? {}}
            onType={(typed) => entry.setTyped((before) => ({ ...before, [contest.id]: typed }))}
          />
        ))
      : null}
    {entry.needsReason ? (
      <TextInput
        id="paper-reason"
        label={t('paper.reason')}
        description={entry.kind === 'void' ? t('paper.kindHelp.void') : undefined}
        required
        maxLength={500}
        value={entry.reason}
        onChange={(event) => entry.setReason(event.currentTarget.value)}
      />
    ) : null}
  </div>
)

/** One paper after the other: number, marks, Ctrl and Enter, and the cursor stands in the number again. */
export function Entry({ contests, path, isSettling = false, onDone }: EntryProps) {
  const first = useRef<HTMLInputElement>(null)
  const entry = useEntry({ contests, path, isSettling, ...(onDone ? { onDone } : {}) })
  const submit = async () => {
    if (await entry.send()) first.current?.focus()
  }
  return (
    <form
      className={own['entry']}
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        void submit()
      }}
      onKeyDown={(event) => onEnter(event, submit)}
    >
      {entry.refused ? (
        <Alert color="red" role="alert" mb="md">
          {entry.refused}
        </Alert>
      ) : null}
      <Stack gap="md">
        {isSettling ? null : (
          <TextInput
            ref={first}
            id="paper-number"
            label={t('paper.number')}
            required
            maxLength={40}
            autoComplete="off"
            maw="14rem"
            value={entry.number}
            onChange={(event) => entry.setNumber(event.currentTarget.value)}
          />
        )}
        <SegmentedControl
          aria-label={t('paper.kind')}
          style={{ alignSelf: 'flex-start' }}
          data={kinds.map((value) => ({ value, label: t(`paper.kinds.${value}`) }))}
          value={entry.kind}
          onChange={entry.setKind}
        />
      </Stack>
      <Read contests={contests} entry={entry} />
      <div className={classes['acts']}>
        <Button type="submit" loading={entry.isBusy}>
          {t(isSettling ? 'paper.settle' : 'paper.enter')}
        </Button>
      </div>
      <p className={own['told']} role="status">
        {entry.said}
      </p>
      {isSettling ? null : <p className={classes['quiet']}>{t('paper.enterKeys')}</p>}
    </form>
  )
}
