import type { Fields } from '@commonhall/kernel'
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
import { formFieldsOf, isFixed } from './form-fields.ts'
import { useTheirs } from './use-theirs.ts'

interface Wanted {
  resource: KnownResource
  /** The record as it is known now; none for a new one. */
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

/** Saves, showing the new values at once; a refusal takes them back and is thrown. */
async function saveRecord(org: string, resource: KnownResource, over: Row | undefined, mine: Values): Promise<Row> {
  const { path } = resource
  const back = over ? await assume(org, path, over, mine) : () => {}
  try {
    const saved = over ? await updateRecord(org, path, over, mine) : await createRecord(org, path, mine)
    client.setQueryData(recordQuery(org, path, saved.id).queryKey, saved)
    const title = titleOf(resource, saved)
    const before = Object.fromEntries(Object.keys(mine).map((name) => [name, over?.[name] ?? null]))
    if (over) toast(t('toast.saved', { title }), { undo: () => void undoEdit(org, resource, saved, before) })
    else toast(t('toast.created', { title }))
    return saved
  } catch (failure) {
    back()
    throw failure
  }
}

/** What is to be sent of a form, and what is wrong with it. An edit sends only what it changed. */
function readForm(resource: KnownResource, fields: Fields, base: Row | undefined, typed: Values) {
  const open = Object.fromEntries(Object.entries(fields).filter(([name]) => !isFixed(resource, base, name)))
  const { values, errors } = check(open, typed)
  return { mine: base ? changesFrom(base, values) : values, errors }
}

const readRow = (org: string, path: string, id: string) => call<Row>('GET', `/orgs/${org}/${path}/${id}`)

/** Everything behind a record's form: checking, saving at once, refusals, and two people at one record. */
export function useRecordForm({ resource, row, start }: Wanted) {
  const org = useOrg()
  const navigate = useNavigate()
  const [base, setBase] = useState(row)
  const fields = formFieldsOf(resource, base)
  const draft = useDraft(fields, start)
  const [refused, setRefused] = useState('')
  const [isSaving, setSaving] = useState(false)
  const [conflict, setConflict] = useState<{ theirs: Row; mine: Values }>()
  const isDone = useRef(false)

  const leave = async (id: string) => {
    isDone.current = true
    void refresh(org)
    await navigate(links.record(org, resource.path, id))
  }

  /** Somebody else's version becomes a question, faults go to their fields, and the rest above the form. */
  const meet = async (problem: Problem, mine: Values) => {
    const newer = problem.code === 'stale' && base ? await readRow(org, resource.path, base.id) : undefined
    if (newer) return setConflict({ theirs: newer, mine })
    const known = problem.errors.filter(({ path }) => path in fields)
    if (known.length) draft.fail(known)
    if (known.length < problem.errors.length || !problem.errors.length) setRefused(problem.message)
  }

  const send = async (mine: Values, over: Row | undefined) => {
    setSaving(true)
    setRefused('')
    try {
      await leave((await saveRecord(org, resource, over, mine)).id)
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure
      await meet(failure, mine)
    } finally {
      setSaving(false)
    }
  }

  const save = async () => {
    if (isSaving) return
    const { mine, errors } = readForm(resource, fields, base, draft.values)
    if (errors.length) draft.fail(errors)
    else if (base && !Object.keys(mine).length) await leave(base.id)
    else await send(mine, base)
  }

  /** Saves what the person chose to keep over the other's version. */
  const settle = async (theirs: Row, mine: Values) => {
    setConflict(undefined)
    if (Object.keys(mine).length) await send(mine, theirs)
    else await leave(theirs.id)
  }

  const mineNow = () => readForm(resource, fields, base, draft.values).mine
  const met = useTheirs({ resource, row: isSaving ? undefined : row, base, draft, mineNow, onBase: setBase })
  const wouldLose = () => draft.isDirty && !isDone.current
  const closeConflict = () => setConflict(undefined)
  return { fields, draft, base, refused, isSaving, conflict, wouldLose, closeConflict, save, settle, met }
}
