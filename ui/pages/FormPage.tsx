import { Alert, Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { type ComponentType, useState } from 'react'
import { ErrorSummary } from '../form/ErrorSummary.tsx'
import { Conflict } from '../form/Conflict.tsx'
import { startOf, type Values } from '../form/draft.ts'
import { formFieldsOf, formGroups, isFixed } from '../form/form-fields.ts'
import classes from '../form/form.module.css'
import { FormFields } from '../form/FormFields.tsx'
import { UnsavedGuard } from '../form/UnsavedGuard.tsx'
import { useRecordForm } from '../form/use-record-form.ts'
import { useShortcuts } from '../keyboard.ts'
import { links } from '../links.ts'
import { Editors } from '../live/Editors.tsx'
import { Theirs } from '../live/Theirs.tsx'
import { useEditing } from '../live/use-editing.ts'
import { KeyCaps } from '../parts/KeyCaps.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type KnownResource, useOrg, useToday } from '../wire/catalog.ts'
import { Problem } from '../wire/http.ts'
import { recordQuery, type Row, titleOf } from '../wire/records.ts'

const prefix = 'field-'

interface RecordFormProps {
  resource: KnownResource
  row: Row | undefined
  start: Values
  /** The record is not there any more. */
  isGone?: boolean
  Beside?: BesideForm | undefined
}

/** What a module's page says of what is being filled in, while it is. */
type BesideForm = ComponentType<{ values: Values }>

interface BarProps {
  resource: KnownResource
  row: Row | undefined
  isSaving: boolean
}

/** Stays in sight however long the form is. */
function Bar({ resource, row, isSaving }: BarProps) {
  const org = useOrg()
  return (
    <div className={classes['bar']}>
      <Button type="submit" loading={isSaving}>
        {row ? t('form.saveChanges') : t('form.create', { label: resource.label.toLowerCase() })}
      </Button>
      <Button
        variant="default"
        renderRoot={(props) => (
          <Link {...(row ? links.record(org, resource.path, row.id) : links.list(org, resource.path))} {...props} />
        )}
      >
        {t('form.cancel')}
      </Button>
      <span data-hint>
        <KeyCaps keys="mod+s" /> {t('form.saves')}
      </span>
    </div>
  )
}

function RecordForm({ resource, row, start, isGone = false, Beside }: RecordFormProps) {
  const org = useOrg()
  const form = useRecordForm({ resource, row, start })
  const { draft, fields } = form
  const groups = formGroups(resource, fields)
  useShortcuts([{ keys: 'mod+s', label: t('form.save'), group: t('keys.form'), run: () => void form.save() }])
  return (
    <form
      className={classes['form']}
      data-beside={Beside ? true : undefined}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void form.save()
      }}
    >
      {form.refused ? (
        <Alert color="red" role="alert" mt="md" title={t('form.notSaved')}>
          {form.refused}
        </Alert>
      ) : null}
      <ErrorSummary errors={draft.errors} prefix={prefix} failures={draft.failures} />
      {groups.map(({ label, names }) => (
        <fieldset key={label} className={classes['group']}>
          {groups.length > 1 ? <legend>{label}</legend> : null}
          <FormFields
            fields={fields}
            names={names}
            draft={draft}
            prefix={prefix}
            module={resource.module}
            titles={form.base?.titles}
            path={resource.path}
            record={form.base?.id}
            fixed={(name) => isFixed(resource, form.base, name)}
          />
        </fieldset>
      ))}
      {Beside ? <Beside values={draft.values} /> : null}
      <div className={classes['dock']}>
        <Theirs resource={resource} form={form} isGone={isGone} />
        <Bar resource={resource} row={row} isSaving={form.isSaving} />
      </div>
      <UnsavedGuard isDirty={form.wouldLose} />
      {form.conflict && form.base ? (
        <Conflict
          org={org}
          path={resource.path}
          module={resource.module}
          fields={fields}
          base={form.base}
          theirs={form.conflict.theirs}
          mine={form.conflict.mine}
          onSettle={(values) => form.conflict && void form.settle(form.conflict.theirs, values)}
          onClose={form.closeConflict}
        />
      ) : null}
    </form>
  )
}

/** A new record. The address may fill fields in: `new?unit=…`. */
export function CreatePage({ resource, Beside }: { resource: KnownResource; Beside?: BesideForm }) {
  const org = useOrg()
  const search = useSearch({ strict: false }) as Readonly<Record<string, string>>
  const fields = formFieldsOf(resource, undefined)
  const today = useToday()
  const given = Object.fromEntries(Object.entries(search).filter(([name]) => name in fields))
  const { create } = resource.permissions
  const title = t('list.new', { label: resource.label.toLowerCase() })
  return (
    <>
      <PageHead title={title} trail={<Trail to={links.list(org, resource.path)} label={resource.plural} />} />
      {create === true ? (
        <RecordForm
          resource={resource}
          row={undefined}
          start={{ ...startOf(fields, undefined, today), ...given }}
          Beside={Beside}
        />
      ) : (
        <Alert role="note">{create}</Alert>
      )}
    </>
  )
}

/** The others are told that the form is open, for as long as it is. */
function Telling({ topic }: { topic: string }) {
  useEditing(useOrg(), topic)
  return null
}

/** An existing record. */
export function EditPage({ resource, Beside }: { resource: KnownResource; Beside?: BesideForm }) {
  const org = useOrg()
  const { id = '' } = useParams({ strict: false })
  const { data: row, error, isPending, refetch } = useQuery(recordQuery(org, resource.path, id))
  const may = row?.can?.['update'] ?? true
  // What is being typed stays on the screen, whatever becomes of the record meanwhile.
  const [isOpen, setOpen] = useState(false)
  if (row && may === true && !isOpen) setOpen(true)
  if (isPending) return <Skeleton height={320} mt="xl" />
  if (!row) return <Trouble failure={error} onRetry={() => void refetch()} isPage />
  const title = titleOf(resource, row)
  const topic = `${resource.path}/${id}`
  const isGone = error instanceof Problem && error.status === 404
  return (
    <>
      <PageHead
        title={t('form.edit', { title })}
        note={<Editors topic={topic} />}
        trail={<Trail to={links.record(org, resource.path, id)} label={title} />}
      />
      {may === true && !isGone ? <Telling topic={topic} /> : null}
      {may === true || isOpen ? (
        <RecordForm
          key={id}
          resource={resource}
          row={row}
          start={startOf(formFieldsOf(resource, row), row)}
          isGone={isGone}
          Beside={Beside}
        />
      ) : (
        <Alert role="note">{may}</Alert>
      )}
    </>
  )
}
