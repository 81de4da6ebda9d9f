import { formatValue } from '../fields/format.ts'
import { toast, toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import type { KnownResource } from '../wire/catalog.ts'
import { assumeGone, refresh } from '../wire/changes.ts'
import { client } from '../wire/client.ts'
import { Problem } from '../wire/http.ts'
import {
  actOn,
  actOnMany,
  archiveRecord,
  type ManyDone,
  recordQuery,
  restoreRecord,
  type Row,
  titleOf,
} from '../wire/records.ts'

/** Puts a record aside at once; the toast brings it back. Who calls it goes elsewhere and then refreshes. */
export async function archive(org: string, resource: KnownResource, row: Row): Promise<boolean> {
  const back = await assumeGone(org, resource.path, new Set([row.id]))
  try {
    await archiveRecord(org, resource.path, row)
  } catch (failure) {
    back()
    toastFailure(failure)
    return false
  }
  toast(t('toast.archived', { title: titleOf(resource, row) }), { undo: () => void restore(org, resource, row) })
  return true
}

export async function restore(org: string, resource: KnownResource, row: Row) {
  try {
    await restoreRecord(org, resource.path, row.id)
    toast(t('toast.restored', { title: titleOf(resource, row) }))
  } catch (failure) {
    toastFailure(failure)
  }
  void refresh(org)
}

/** Moves one record along its workflow. A refusal is thrown for the dialog that asked. */
export async function act(
  org: string,
  resource: KnownResource,
  row: Row,
  name: string,
  asked: Readonly<Record<string, unknown>>,
) {
  const next = await actOn(org, resource.path, row.id, name, asked)
  if (next && 'id' in next) client.setQueryData(recordQuery(org, resource.path, row.id).queryKey, next)
  const state = resource.acts.find((one) => one.name === name)?.to ?? ''
  const spoken = formatValue(resource.fields['state'], state, undefined, resource.module).toLowerCase()
  toast(t('toast.acted', { title: titleOf(resource, row), state: spoken }))
  void refresh(org)
}

/** Archiving has no act for many at once: a few calls at a time, each with the version that was seen. */
async function oneByOne(org: string, { path }: KnownResource, name: string, rows: readonly Row[]): Promise<ManyDone> {
  const done: string[] = []
  const refused: { id: string; reason: string }[] = []
  const waiting = [...rows]
  const work = async () => {
    for (let row = waiting.shift(); row; row = waiting.shift()) {
      try {
        await (name === 'archive' ? archiveRecord(org, path, row) : restoreRecord(org, path, row.id))
        done.push(row.id)
      } catch (failure) {
        refused.push({ id: row.id, reason: failure instanceof Problem ? failure.message : t('problem.page') })
      }
    }
  }
  await Promise.all([work(), work(), work(), work()])
  return { done, refused }
}

/** The same act on many records; what was refused is told with its reason. */
export async function actMany(
  org: string,
  resource: KnownResource,
  name: string,
  rows: readonly Row[],
  asked: Readonly<Record<string, unknown>> = {},
) {
  const ids = rows.map(({ id }) => id)
  const isSide = name === 'archive' || name === 'restore'
  const back = isSide ? await assumeGone(org, resource.path, new Set(ids)) : () => {}
  try {
    const { done, refused } = isSide
      ? await oneByOne(org, resource, name, rows)
      : await actOnMany(org, resource.path, name, ids, asked)
    const undo = () =>
      void actMany(
        org,
        resource,
        'restore',
        rows.filter(({ id }) => done.includes(id)),
      )
    if (done.length) toast(t('toast.many', { count: done.length }), name === 'archive' ? { undo } : {})
    for (const { id, reason } of refused.slice(0, 3)) {
      toast(
        t('toast.refused', {
          title: titleOf(
            resource,
            rows.find((row) => row.id === id),
          ),
          reason,
        }),
      )
    }
    if (refused.length > 3) toast(t('toast.moreRefused', { count: refused.length - 3 }))
  } catch (failure) {
    back()
    throw failure
  } finally {
    void refresh(org)
  }
}

/** Takes a record away for good, where the resource does not keep an archive. */
export async function remove(org: string, resource: KnownResource, row: Row): Promise<boolean> {
  try {
    await archiveRecord(org, resource.path, row)
  } catch (failure) {
    toastFailure(failure)
    return false
  }
  toast(t('toast.deleted', { title: titleOf(resource, row) }))
  return true
}
