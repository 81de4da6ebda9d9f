import { Alert, Button, Group, TextInput } from '@mantine/core'
import { field } from '@commonhall/kernel'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import { Chips } from '../fields/Chips.tsx'
import { formatBytes } from '../fields/format.ts'
import { formatMedia } from '../fields/media.ts'
import { Ago } from '../parts/Ago.tsx'
import { ActButton } from '../parts/ActButton.tsx'
import { toast } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { changeFile, type FileRow } from '../wire/files.ts'
import { Problem } from '../wire/http.ts'
import { mayChange, renew } from './acts.ts'
import classes from './preview.module.css'
import { Versions } from './Versions.tsx'

interface DetailsProps {
  org: string
  row: FileRow
  isEdited: boolean
}

interface EditProps extends Omit<DetailsProps, 'isEdited'> {
  onDone: () => void
}

const tagsField = field.tags({})

const TagsControl = lazy(async () => ({ default: (await import('../fields/tags.tsx')).TagsControl }))

/** What is typed about a file, and saving it. */
function useEdit({ org, row, onDone }: EditProps) {
  const [name, setName] = useState(row.name)
  const [caption, setCaption] = useState(row.caption ?? '')
  const [tags, setTags] = useState<readonly string[]>(row.tags)
  const [failure, setFailure] = useState<Problem>()
  const [isBusy, setBusy] = useState(false)
  const about = (path: string) => failure?.errors.find((one) => one.path === path)?.message
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      const saved = await changeFile(org, row, {
        ...(name === row.name ? {} : { name: name.trim() }),
        caption: caption.trim() || null,
        tags,
      })
      toast(t('filePreview.saved', { name: saved.name }))
      await renew(org)
      onDone()
    } catch (thrown) {
      setFailure(thrown instanceof Problem ? thrown : new Problem(-1, 'fault', t('problem.page')))
      setBusy(false)
    }
  }
  return { name, setName, caption, setCaption, tags, setTags, failure, isBusy, about, submit }
}

/** Its name, caption and tags, changed where they stand. */
function Edit(props: EditProps) {
  const { name, setName, caption, setCaption, tags, setTags, failure, isBusy, about, submit } = useEdit(props)
  return (
    <form onSubmit={(event) => void submit(event)} className={classes['edit']} noValidate>
      {failure && !failure.errors.length ? (
        <Alert color="red" role="alert">
          {failure.message}
        </Alert>
      ) : null}
      <TextInput
        label={t('filePreview.caption')}
        description={t('filePreview.captionHelp')}
        data-autofocus
        autoFocus
        maxLength={500}
        value={caption}
        error={about('caption')}
        onChange={(event) => setCaption(event.currentTarget.value)}
      />
      <Suspense>
        <TagsControl
          id="file-tags"
          field={tagsField}
          label={t('filePreview.tags')}
          value={tags}
          onChange={(value) => setTags(Array.isArray(value) ? (value as string[]) : [])}
          error={about('tags')}
          module="foundation"
        />
      </Suspense>
      <TextInput
        label={t('filePreview.name')}
        maxLength={255}
        value={name}
        error={about('name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={props.onDone}>
          {t('filePreview.cancel')}
        </Button>
        <Button type="submit" loading={isBusy}>
          {t('filePreview.save')}
        </Button>
      </Group>
    </form>
  )
}

/** What is known of a file, beside its picture. */
export function Details({ org, row, isEdited }: DetailsProps) {
  const [isEditing, setEditing] = useState(isEdited && mayChange(row) === true)
  return (
    <section className={classes['details']} aria-label={t('filePreview.details')}>
      {isEditing ? (
        <Edit org={org} row={row} onDone={() => setEditing(false)} />
      ) : (
        <div className={classes['said']}>
          <p className={classes['caption']}>{row.caption ?? <span data-quiet>{t('filePreview.noCaption')}</span>}</p>
          {row.tags.length ? <Chips words={row.tags} /> : null}
          <ActButton variant="default" size="compact-sm" allowed={mayChange(row)} onClick={() => setEditing(true)}>
            {t('files.edit')}
          </ActButton>
        </div>
      )}
      <dl>
        <div>
          <dt>{t('filePreview.format')}</dt>
          <dd>{formatMedia(row.media_type)}</dd>
        </div>
        <div>
          <dt>{t('filePreview.size')}</dt>
          <dd>{formatBytes(row.size)}</dd>
        </div>
        <div>
          <dt>{t('filePreview.added')}</dt>
          <dd>
            <Ago at={row.uploaded_at} />
            <br />
            {row.uploaded_by_name}
          </dd>
        </div>
      </dl>
      {row.versions > 1 ? <Versions org={org} row={row} /> : null}
    </section>
  )
}
