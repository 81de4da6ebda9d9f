import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
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

export const isNew = ({ act }: Change) => /insert|create/.test(act)

export const isGone = ({ act }: Change) => act === 'delete'

/** Stands in a sentence for what is put there as an element. */
const place = '\u0001'

function actOf({ act, resource: about }: Change, resource: KnownResource | undefined): string {
  const isInvitation = about === 'foundation.invitation' && act === 'create'
  const known = spoken[isInvitation ? 'invite' : (act.split('.').at(-1) ?? act)]
  if (known) return t(known, { whom: place })
  return t('history.acted', { act: resource?.acts.find(({ name }) => name === act)?.label ?? act })
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
      {isNew(change) || isGone(change) ? null : <Differences change={change} resource={resource} />}
    </div>
  )
}
