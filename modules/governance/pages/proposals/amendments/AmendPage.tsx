import { Alert, Button, Skeleton, Textarea, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import {
  createRecord,
  links,
  PageHead,
  recordQuery,
  type Row,
  Trail,
  Trouble,
  UnsavedGuard,
  useOrg,
  useShortcuts,
} from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import classes from '../proposals.module.css'
import talk from '../talk.module.css'
import { t } from '../t.ts'
import { Changes } from '../text/Changes.tsx'
import { useDoing } from '../use-doing.tsx'

/** Checks, sends, and leads back; what was typed is asked for before it is lost. */
function useAmending(row: Row) {
  const org = useOrg()
  const navigate = useNavigate()
  // Somebody may change the text meanwhile: the copy is of the one that was open here.
  const [base] = useState(() => String(row['text']))
  const [text, setText] = useState(base)
  const [summary, setSummary] = useState('')
  const [faults, setFaults] = useState<{ summary?: string; text?: string; refused?: string }>({})
  const { isBusy, run } = useDoing((refused) => setFaults({ refused }))
  const isDone = useRef(false)
  const send = async () => {
    const found = {
      ...(summary.trim() ? {} : { summary: t('amendments.needsSummary') }),
      ...(text.trim() && text.trim() !== base.trim() ? {} : { text: t('amendments.needsChange') }),
    }
    setFaults(found)
    if (Object.keys(found).length) return document.getElementById(found.summary ? 'summary' : 'copy')?.focus()
    const body = { proposal: row.id, summary: summary.trim(), text }
    if (!(await run(() => createRecord(org, 'amendments', body), t('amendments.sent')))) return
    isDone.current = true
    await navigate(links.record(org, 'proposals', row.id))
  }
  const wouldLose = () => !isDone.current && (summary.trim() !== '' || text !== base)
  return { base, text, setText, summary, setSummary, faults, isBusy, send, wouldLose }
}

/** What it changes, in a sentence, and how the text would read. */
function Fields({ form }: { form: ReturnType<typeof useAmending> }) {
  return (
    <>
      <TextInput
        id="summary"
        label={t('amendments.summary')}
        description={t('amendments.summaryHelp')}
        required
        maxLength={160}
        value={form.summary}
        error={form.faults.summary}
        onChange={(event) => form.setSummary(event.currentTarget.value)}
      />
      <Textarea
        id="copy"
        label={t('amendments.copy')}
        required
        autosize
        minRows={10}
        maxRows={26}
        maxLength={50_000}
        value={form.text}
        error={form.faults.text}
        onChange={(event) => form.setText(event.currentTarget.value)}
      />
    </>
  )
}

function Amending({ row }: { row: Row }) {
  const org = useOrg()
  const form = useAmending(row)
  const [shown] = useDebouncedValue(form.text, 300)
  useShortcuts([
    { keys: 'mod+s', label: t('amendments.send'), group: t('amendments.title'), run: () => void form.send() },
  ])
  return (
    <form
      className={talk['form']}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.send()
      }}
    >
      <p className={classes['lead']}>{t('amendments.intro')}</p>
      {form.faults.refused ? (
        <Alert color="red" role="alert">
          {form.faults.refused}
        </Alert>
      ) : null}
      <Fields form={form} />
      <section className={talk['preview']} aria-labelledby="differs">
        <h2 id="differs">{t('amendments.differs')}</h2>
        <Changes from={form.base} to={shown} />
      </section>
      <div className={classes['acts']}>
        <Button type="submit" loading={form.isBusy}>
          {t('amendments.send')}
        </Button>
        <Button
          variant="default"
          renderRoot={(props) => <Link {...links.record(org, 'proposals', row.id)} {...props} />}
        >
          {t('cancel')}
        </Button>
      </div>
      <UnsavedGuard isDirty={form.wouldLose} />
    </form>
  )
}

/** Proposes another wording, by changing a copy of the text. */
export default function AmendPage() {
  const org = useOrg()
  const { id = '' } = useParams({ strict: false })
  const { data: row, error, refetch } = useQuery(recordQuery(org, 'proposals', id))
  if (error && !row) return <Trouble failure={error} onRetry={() => void refetch()} isPage />
  if (!row) return <Skeleton height={320} mt="xl" />
  const title = `${String(row['number'])} ${String(row['title'])}`
  return (
    <>
      <PageHead
        title={t('amendments.new', { title: row['number'] })}
        trail={<Trail to={links.record(org, 'proposals', id)} label={title} />}
      />
      {row['state'] === 'discussion' ? (
        <Amending key={id} row={row} />
      ) : (
        <Alert role="note">{t('amendments.closed')}</Alert>
      )}
    </>
  )
}
