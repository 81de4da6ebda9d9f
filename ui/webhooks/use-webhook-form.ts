import type { FieldError } from '@commonhall/kernel'
import { type FormEvent, useState } from 'react'
import { t } from '../say.ts'
import { client } from '../wire/client.ts'
import { Problem } from '../wire/http.ts'
import type { Format, Webhook } from '../wire/webhooks.ts'

/** What the form holds. */
export interface Wanted {
  readonly name: string
  readonly url: string
  readonly format: Format
  readonly events: ReadonlySet<string>
}

const blank: Wanted = { name: '', url: '', format: 'standard', events: new Set() }

const wantedOf = ({ name, url, format, events }: Webhook): Wanted => ({ name, url, format, events: new Set(events) })

/** What is missing before anything is sent. */
function missing({ name, url, events }: Wanted): FieldError[] {
  const faults: [boolean, string, string][] = [
    [!name.trim(), 'name', t('newWebhook.nameNeeded')],
    [!url.trim(), 'url', t('newWebhook.addressNeeded')],
    [!events.size, 'events', t('newWebhook.eventsNeeded')],
  ]
  return faults.flatMap(([isWrong, path, message]) => (isWrong ? [{ path, code: 'required', message }] : []))
}

const isSame = (one: ReadonlySet<string>, other: ReadonlySet<string>) => one.symmetricDifference(other).size === 0

/** Only what is different: a change of address, format or events asks who one is, one of the name does not. */
export function changesIn(before: Wanted, after: Wanted) {
  return {
    ...(after.name.trim() === before.name ? {} : { name: after.name.trim() }),
    ...(after.url.trim() === before.url ? {} : { url: after.url.trim() }),
    ...(after.format === before.format ? {} : { format: after.format }),
    ...(isSame(after.events, before.events) ? {} : { events: [...after.events] }),
  }
}

/**
 * Which version is changed: the newest, if what the form shows is still as it was; a pause is no conflict. Otherwise
 * the one that the form began with, so that the server says that somebody else was faster.
 */
export const basisOf = (first: Webhook, newest: Webhook): Webhook =>
  Object.keys(changesIn(wantedOf(first), wantedOf(newest))).length ? first : newest

/** The format that an address is made for, where it shows. */
export const formatFor = (url: string, format: Format): Format =>
  /^https:\/\/hooks\.slack(-gov)?\.com\//.test(url.trim()) && format === 'standard' ? 'slack' : format

/** The form of a webhook. `save` is given what differs from how it began. */
export function useWebhookForm(webhook: Webhook | null, save: (change: ReturnType<typeof changesIn>) => Promise<void>) {
  const [start] = useState(() => (webhook ? wantedOf(webhook) : blank))
  const [wanted, setWanted] = useState(start)
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  const [failures, setFailures] = useState(0)
  const [isBusy, setBusy] = useState(false)
  const [isDone, setDone] = useState(false)
  const set = (change: Partial<Wanted>) => setWanted((before) => ({ ...before, ...change }))
  const setUrl = (url: string) => setWanted((before) => ({ ...before, url, format: formatFor(url, before.format) }))
  const refuse = (found: readonly FieldError[]) => {
    setErrors(found)
    setFailures((before) => before + 1)
  }

  const submit = async (event: FormEvent, leave: () => Promise<void> | void) => {
    event.preventDefault()
    const found = missing(wanted)
    if (found.length) return refuse(found)
    setErrors([])
    setBusy(true)
    try {
      await save({ ...(webhook ? {} : { format: wanted.format }), ...changesIn(start, wanted) })
      setDone(true)
      await client.invalidateQueries({ queryKey: ['org'], predicate: ({ queryKey }) => queryKey[2] !== 'catalog' })
      setTimeout(() => void leave())
    } catch (failure) {
      refuse(faultsOf(failure))
    }
    setBusy(false)
  }

  const errorOf = (path: string) => errors.find((one) => one.path === path)?.message
  const isDirty = () => !isDone && Object.keys(changesIn(start, wanted)).length > 0
  return { wanted, set, setUrl, errors, errorOf, failures, isBusy, isDirty, submit }
}

export type WebhookForm = ReturnType<typeof useWebhookForm>

/** What the server refused, field by field, or as a whole. Whoever has just not proved who they are knows it. */
function faultsOf(failure: unknown): readonly FieldError[] {
  if (!(failure instanceof Problem)) return [{ path: 'form', code: 'fault', message: t('problem.page') }]
  return failure.errors.length ? failure.errors : [{ path: 'form', code: failure.code, message: failure.message }]
}
