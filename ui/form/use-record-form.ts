import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { links } from '../links.ts'
import { toast, toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import { assume, refresh } from '../wire/changes.ts'
import { client } from '../wire/client.ts'
import { call, Problem } from '../wire/http.ts'
import { createRecord, recordQuery, type Row, titleOf, updateRecord } from '../wire/records.ts'
import { changesFrom, check, useDraft, type Values } from './draft.ts'
import { formFieldsOf } from './form-fields.ts'

interface Wanted {
  resource: KnownResource
  /** The record as it was when the form was opened; none for a new one. */
  row: Row | undefined
  start: Values
}

/** Takes an edit back: the old values, over the version that the edit made. */
async function undoEdit(org: string, resource: KnownResource, saved: Row, before: Values) {
  try {
    const row = await updateRecord(org, resource.path, saved, before)
    client.setQueryData(recordQuery(org, resource.path, row.id).queryKey, row)
    toast(t('toast.undone'))
  } catch (failure) {
    toastFailure(failure)
  }
  void refresh(org)
}

/** Everything behind a record's form: checking, saving at once, refusals, and two people at one record. */
export function useRecordForm({ resource, row, start }: Wanted) {
  const org = useOrg()
  const navigate = useNavigate()
  const fields = formFieldsOf(resource, !row)
  const draft = useDraft(fields, start)
  const [base] = useState(row)
  const [refused, setRefused] = useState('')
  const [isSaving, setSaving] = useState(false)
  const [conflict, setConflict] = useState<{ theirs: Row; mine: Values }>()
  const isDone = useRef(false)

  async function send(mine: Values, over: Row | undefined) {
    const back = over ? await assume(org, resource.path, over, mine) : () => {}
    setSaving(true)
    setRefused('')
    try {
      const saved = over
        ? await updateRecord(org, resource.path, over, mine)
        : await createRecord(org, resource.path, mine)
      leave(saved, over, mine)
    } catch (failure) {
      back()
      await meet(failure, mine)
    } finally {
      setSaving(false)
    }
  }

  function leave(saved: Row, over: Row | undefined, mine: Values) {
    isDone.current = true
    client.setQueryData(recordQuery(org, resource.path, saved.id).queryKey, saved)
    void refresh(org)
    const title = titleOf(resource, saved)
    const before = Object.fromEntries(Object.keys(mine).map((name) => [name, over?.[name] ?? null]))
    if (over) toast(t('toast.saved', { title }), { undo: () => void undoEdit(org, resource, saved, before) })
    else toast(t('toast.created', { title }))
    void navigate(links.record(org, resource.path, saved.id))
  }

  async function meet(failure: unknown, mine: Values) {
    if (!(failure instanceof Problem)) throw failure
    if (failure.code === 'stale' && base) {
      const theirs = await call<Row>('GET', `/orgs/${org}/${resource.path}/${base.id}`)
      return setConflict({ theirs, mine })
    }
    const known = failure.errors.filter(({ path }) => path in fields)
    if (known.length) draft.fail(known)
    if (known.length < failure.errors.length || !failure.errors.length) setRefused(failure.message)
  }

  return {
    fields,
    draft,
    base,
    refused,
    isSaving,
    conflict,
    wouldLose: () => draft.isDirty && !isDone.current,
    closeConflict: () => setConflict(undefined),
    async save() {
      if (isSaving) return
      const asked = base ? Object.fromEntries(Object.entries(fields).filter(([, field]) => !field.immutable)) : fields
      const { values, errors } = check(asked, draft.values)
      if (errors.length) return draft.fail(errors)
      const mine = base ? changesFrom(base, values) : values
      if (base && !Object.keys(mine).length) {
        isDone.current = true
        return navigate(links.record(org, resource.path, base.id))
      }
      await send(mine, base)
    },
    /** Saves what the person chose to keep over the other's version. */
    async settle(mine: Values) {
      const theirs = conflict?.theirs
      setConflict(undefined)
      if (!theirs) return
      if (Object.keys(mine).length) return send(mine, theirs)
      isDone.current = true
      void refresh(org)
      await navigate(links.record(org, resource.path, theirs.id))
    },
  }
}
