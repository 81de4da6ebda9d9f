import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { Conflict } from '../form/Conflict.tsx'
import type { useRecordForm } from '../form/use-record-form.ts'
import { useLastEditor } from '../form/use-last-editor.ts'
import { toast } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import type { Row } from '../wire/records.ts'
import classes from './live.module.css'
import './words.ts'

interface TheirsProps {
  resource: KnownResource
  form: ReturnType<typeof useRecordForm>
  /** The record is not there any more. */
  isGone: boolean
}

type SavedProps = Omit<TheirsProps, 'isGone'> & { base: Row; theirs: Row }

/** Somebody else saved: shows what, and lets the person go on with both. */
function Saved({ resource, form, base, theirs }: SavedProps) {
  const org = useOrg()
  const who = useLastEditor(org, resource.path, theirs)
  const [isOpen, setOpen] = useState(false)
  const note = useRef<HTMLDivElement>(null)
  // It comes up from below, and must not cover what one is typing into.
  useEffect(() => {
    const typed = document.activeElement?.getBoundingClientRect()
    const top = note.current?.getBoundingClientRect().top
    if (typed && top && typed.top < innerHeight && typed.bottom > top)
      document.activeElement?.scrollIntoView({ block: 'center' })
  }, [])
  return (
    <div className={classes['theirs']} role="alert" ref={note}>
      <div>
        <p>
          <strong>{t('live.saved', { who })}</strong>
        </p>
        <p>{t('live.savedText')}</p>
      </div>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('live.see')}
      </Button>
      {isOpen ? (
        <Conflict
          org={org}
          path={resource.path}
          module={resource.module}
          fields={form.fields}
          base={base}
          theirs={theirs}
          mine={form.met.mineNow()}
          label={t('live.goOn')}
          onSettle={(kept) => {
            setOpen(false)
            form.met.goOn(theirs, kept)
            toast(t('live.taken'))
          }}
          onClose={() => setOpen(false)}
        />
      ) : null}
    </div>
  )
}

const Note = ({ text }: { text: string }) => (
  <div className={classes['theirs']} role="alert">
    <div>{text}</div>
  </div>
)

/** What somebody else has done to the record while its form is open. Nothing that was typed is lost by it. */
export function Theirs({ resource, form, isGone }: TheirsProps) {
  const { base, met } = form
  if (isGone) return <Note text={t('live.deleted')} />
  if (!base || !met.theirs) return null
  if (met.theirs.archived_at && !base.archived_at) return <Note text={t('live.archived')} />
  return <Saved resource={resource} form={form} base={base} theirs={met.theirs} />
}
