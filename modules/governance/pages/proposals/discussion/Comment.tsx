import { Button } from '@mantine/core'
import { Ago, call, createRecord, type Row, State, useOrg } from '@commonhall/ui'
import { useState } from 'react'
import classes from '../proposals.module.css'
import talk from '../talk.module.css'
import { nameOf } from '../queries.tsx'
import { ReasonDialog } from '../ReasonDialog.tsx'
import { t } from '../t.ts'
import { useDoing } from '../use-doing.tsx'
import { Writing } from './Writing.tsx'

interface CommentProps {
  readonly row: Row
  /** Whom it answers, where that is not the first of the thread. */
  readonly answered?: string | undefined
  readonly isOpen: boolean
  readonly mayHide: boolean
}

export const writerOf = (row: Row) => nameOf(row, 'author', 'written_by', t('somebody'))

type Doing = 'answer' | 'edit' | 'hide' | undefined

/** What can be done with it, as quiet buttons below. */
function Acts({ row, isOpen, mayHide, onDo }: CommentProps & { onDo: (doing: Doing) => void }) {
  const org = useOrg()
  const { isBusy, run } = useDoing()
  const name = writerOf(row)
  const quiet = { variant: 'subtle', size: 'compact-sm' } as const
  const isHidden = row['hidden'] === true
  return (
    <div className={classes['quietActs']}>
      {isOpen && !isHidden ? (
        <Button {...quiet} aria-label={t('discussion.answerTo', { name })} onClick={() => onDo('answer')}>
          {t('discussion.answer')}
        </Button>
      ) : null}
      {isOpen && !isHidden && row.can?.['update'] === true ? (
        <Button {...quiet} onClick={() => onDo('edit')}>
          {t('discussion.edit')}
        </Button>
      ) : null}
      {mayHide && !isHidden ? (
        <Button {...quiet} color="gray" aria-label={t('discussion.hideOf', { name })} onClick={() => onDo('hide')}>
          {t('discussion.hide')}
        </Button>
      ) : null}
      {mayHide && isHidden ? (
        <Button
          {...quiet}
          loading={isBusy}
          onClick={() =>
            void run(() => call('POST', `/orgs/${org}/comments/${row.id}/show`, { body: {} }), t('discussion.shownNow'))
          }
        >
          {t('discussion.show')}
        </Button>
      ) : null}
    </div>
  )
}

/** Who, when; that it is hidden, and why. */
function Head({ row, answered }: Pick<CommentProps, 'row' | 'answered'>) {
  return (
    <>
      <header>
        <b>{writerOf(row)}</b>
        <span data-quiet>
          <Ago at={row.created_at} />
          {row['edited_at'] ? ` · ${t('discussion.edited')}` : null}
          {answered ? ` · ${t('discussion.answerTo', { name: answered })}` : null}
        </span>
      </header>
      {row['hidden'] === true ? (
        <p>
          <State tone="warn">
            {row['reason'] ? t('discussion.hiddenBecause', { reason: row['reason'] }) : t('discussion.hidden')}
          </State>
        </p>
      ) : null}
    </>
  )
}

/** One comment: who, when, what; and what can be done with it. */
export function Comment(props: CommentProps) {
  const { row, answered } = props
  const org = useOrg()
  const [doing, setDoing] = useState<Doing>()
  const close = () => setDoing(undefined)
  const name = writerOf(row)
  const isHidden = row['hidden'] === true
  return (
    <article className={talk['comment']} data-hidden={isHidden || undefined} aria-label={t('discussion.of', { name })}>
      <Head row={row} answered={answered} />
      {doing === 'edit' ? (
        <Writing
          id={`edit-${row.id}`}
          label={t('discussion.editMine')}
          act={t('save')}
          done={t('discussion.saved')}
          start={String(row['text'])}
          isOpened
          onSend={(text) => call('PATCH', `/orgs/${org}/comments/${row.id}`, { body: { text }, version: row.version })}
          onClose={close}
        />
      ) : (
        <div className={classes['prose']} data-prose>
          {String(row['text'])}
        </div>
      )}
      {doing === 'edit' ? null : <Acts {...props} onDo={setDoing} />}
      {doing === 'answer' ? (
        <Writing
          id={`answer-${row.id}`}
          label={t('discussion.yourAnswer', { name })}
          act={t('discussion.answer')}
          done={t('discussion.posted')}
          isOpened
          onSend={(text) => createRecord(org, 'comments', { proposal: row['proposal'], answers: row.id, text })}
          onClose={close}
        />
      ) : null}
      {doing === 'hide' ? (
        <ReasonDialog
          title={t('discussion.hideOf', { name })}
          text={t('discussion.hideText')}
          help={t('discussion.reasonHelp')}
          act={t('discussion.hide')}
          done={t('discussion.hiddenNow')}
          onAct={(reason) => call('POST', `/orgs/${org}/comments/${row.id}/hide`, { body: { reason } })}
          onClose={close}
        />
      ) : null}
    </article>
  )
}
