import { kebab } from '@commonhall/kernel'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatValue } from '../fields/format.ts'
import { links } from '../links.ts'
import { Ago } from '../parts/Ago.tsx'
import { type Sentence, t } from '../say.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import type { Change } from '../wire/records.ts'
import { acts } from '../words/en-acts.ts'
import { Differences } from './Differences.tsx'
import classes from './record.module.css'
import './words.ts'

const spoken: Readonly<Record<string, Sentence>> = {
  insert: 'history.create',
  create: 'history.create',
  update: 'history.update',
  archive: 'history.archive',
  restore: 'history.restore',
  delete: 'history.delete',
  import: 'history.import',
  ...Object.fromEntries(Object.keys(acts.did).map((act) => [act, `did.${act}` as Sentence])),
}

/** Acts whose sentence says all that there is to say. */
const saysAll = [
  'disable',
  'enable',
  'link-record',
  'attach',
  'replace',
  'detach',
  'put-back',
  'file-held',
  'link-file',
]

/** Whether the sentence is enough: of what is new, of mail, and of acts that say all by their name. */
export const saysWhole = ({ act, resource }: Change) =>
  /insert|create/.test(act) || saysAll.includes(act) || resource === 'foundation.mail_message'

export const isGone = ({ act }: Change) => act === 'delete'

/** Stands in a sentence for what is put there as an element. */
const place = '\u0001'

/** Where making something has a name of its own. */
const made: Readonly<Record<string, string>> = {
  'foundation.invitation': 'invite',
  'foundation.mail_suppression': 'suppress',
}

/** Which mail a line is about, as far as one may know. */
function mailOf({ changes }: Change, resource: KnownResource | undefined): string {
  const kind = formatValue(resource?.fields['kind'], changes?.['kind']?.[1])
  return kind ? t('whom.mail', { kind }) : t('whom.someMail')
}

/** Which file of the record a line is about, as far as one may know. */
function fileOf({ changes }: Change): string {
  const name = Object.values(changes ?? {})
    .flatMap((pair) => (Array.isArray(pair) ? (pair as readonly unknown[]).toReversed() : []))
    .map((value) => (value as { name?: unknown } | null)?.name)
    .find((value) => typeof value === 'string')
  return name ? t('whom.file', { name }) : t('whom.someFile')
}

function actOf(change: Change, resource: KnownResource | undefined): string {
  const { act, resource: about } = change
  const own = act === 'create' ? made[about] : undefined
  const known = spoken[own ?? act.split('.').at(-1) ?? act]
  if (known) return t(known, { whom: place, mail: mailOf(change, resource), file: fileOf(change) })
  const step = resource?.acts.find(({ name, label }) => name === act || kebab(label) === act)
  return t('history.acted', { act: step?.label ?? act })
}

interface DoneProps {
  change: Change
  resource: KnownResource | undefined
  /** What it was done to. */
  object: ReactNode
}

/** What was done to what, in words: of the house's own acts, or as the workflow calls it. */
export function Done({ change, resource, object }: DoneProps) {
  const [before = '', after] = actOf(change, resource).split(place)
  return (
    <>
      {before.trimEnd()} {object}
      {after}
    </>
  )
}

/** Who did what when. */
export const Told = (done: DoneProps) => (
  <p>
    <b>{done.change.actor_name ?? t('history.house')}</b> <Done {...done} />{' '}
    <span data-quiet>
      · <Ago at={done.change.at} />
    </span>
  </p>
)

interface ChangeLineProps {
  change: Change
  resource: KnownResource | undefined
  /** What the record is called, where it is not plain from the page. */
  title?: string | undefined
}

/** One change in a sentence, with the old and new values under it. */
export function ChangeLine({ change, resource, title }: ChangeLineProps) {
  const org = useOrg()
  const object =
    title === undefined ? (
      t(change.resource === 'foundation.org_user' ? 'whom.person' : 'history.it')
    ) : resource && change.record && !isGone(change) ? (
      <Link {...links.record(org, resource.path, change.record)}>{title}</Link>
    ) : (
      title
    )
  return (
    <div className={classes['change']}>
      <Told change={change} resource={resource} object={object} />
      {saysWhole(change) || isGone(change) ? null : <Differences change={change} resource={resource} />}
    </div>
  )
}
