import { Button, Skeleton } from '@mantine/core'
import { createRecord, formatCount, type Row, Trouble, useCatalog, useOrg } from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import classes from '../proposals.module.css'
import talk from '../talk.module.css'
import { commentsQuery, isBoard, rowsOf } from '../queries.tsx'
import { t } from '../t.ts'
import { Comment, writerOf } from './Comment.tsx'
import { type Thread, threadsOf } from './threads.ts'
import { Writing } from './Writing.tsx'

interface ThreadProps {
  readonly thread: Thread<Row>
  readonly isOpen: boolean
  readonly mayHide: boolean
}

function ThreadLine({ thread: { first, answers }, ...may }: ThreadProps) {
  const byId = new Map(answers.map((one) => [one.id, one]))
  const answered = (row: Row) => {
    const to = byId.get(String(row['answers']))
    return to && writerOf(to)
  }
  return (
    <li>
      {first ? <Comment row={first} {...may} /> : <p className={talk['gone']}>{t('discussion.hiddenHere')}</p>}
      {answers.length ? (
        <ol className={talk['answers']}>
          {answers.map((one) => (
            <li key={one.id}>
              <Comment row={one} answered={answered(one)} {...may} />
            </li>
          ))}
        </ol>
      ) : null}
    </li>
  )
}

/** What people say of a proposal, in threads. */
export function Discussion({ row }: { row: Row }) {
  const org = useOrg()
  const mayHide = isBoard(useCatalog())
  const comments = useInfiniteQuery(commentsQuery(org, row.id))
  const isOpen = ['discussion', 'voting'].includes(String(row['state']))
  const known = rowsOf(comments.data)
  return (
    <section className={classes['section']} aria-labelledby="discussion">
      <h2 id="discussion">
        {t('discussion.title')} {known.length ? <span data-quiet>{formatCount(known.length)}</span> : null}
      </h2>
      {comments.error ? <Trouble failure={comments.error} onRetry={() => void comments.refetch()} /> : null}
      {comments.isPending ? <Skeleton height={80} /> : null}
      {comments.isSuccess && !known.length ? <p className={classes['quiet']}>{t('discussion.none')}</p> : null}
      <ol className={talk['threads']}>
        {threadsOf(known).map((thread) => (
          <ThreadLine key={thread.key} thread={thread} isOpen={isOpen} mayHide={mayHide} />
        ))}
      </ol>
      {comments.hasNextPage ? (
        <Button variant="default" loading={comments.isFetchingNextPage} onClick={() => void comments.fetchNextPage()}>
          {t('discussion.more')}
        </Button>
      ) : null}
      {isOpen ? (
        <div className={talk['write']}>
          <Writing
            id="comment"
            label={t('discussion.write')}
            help={t('discussion.help')}
            act={t('discussion.post')}
            done={t('discussion.posted')}
            onSend={(text) => createRecord(org, 'comments', { proposal: row.id, text })}
          />
        </div>
      ) : (
        <p className={classes['quiet']}>{t('discussion.closed')}</p>
      )}
    </section>
  )
}
