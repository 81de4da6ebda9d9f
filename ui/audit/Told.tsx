import { labelOf, sentenceCase } from '@commonhall/kernel'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { formatCount } from '../fields/format.ts'
import { links } from '../links.ts'
import { Done, isGone } from '../record/ChangeLine.tsx'
import { type Sentence, t } from '../say.ts'
import { type Catalog, type KnownResource, useCatalog } from '../wire/catalog.ts'
import type { Change } from '../wire/records.ts'
import { doors } from './doors.ts'

interface ToldProps {
  run: readonly Change[]
  line: Change
}

/** A sentence with one word in bold. */
function around(sentence: Sentence, who: string, more: Record<string, unknown> = {}): ReactNode {
  const [before, after] = t(sentence, { ...more, who: '\u0001' }).split('\u0001')
  return (
    <>
      {before}
      <b>{who}</b>
      {after}
    </>
  )
}

const inWords = new Intl.ListFormat('en-US')

const list = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])

/** What the fields of a detail are called. */
export const fieldsOf = ({ detail }: Change, resource: KnownResource | undefined) =>
  // In quotes, as the roles have them: a label may hold a comma.
  inWords.format(list(detail?.['fields']).map((name) => `“${labelOf(resource?.fields ?? {}, name)}”`))

/** What a resource is called that one may not see, or that none is. */
export const nameOf = (catalog: Catalog, name: string) =>
  catalog.resources[name]?.label ??
  catalog.reports.find((report) => report.name === name)?.title ??
  sentenceCase(name.split('.').at(-1) ?? name)

/** What it was done to: the record with a way to it, or how many of what. */
function Object({ run, line }: ToldProps) {
  const catalog = useCatalog()
  const resource = catalog.resources[line.resource]
  const rows = run.length > 1 ? run.length : Number(line.detail?.['rows'] ?? 1)
  if (rows > 1 || (!line.record && line.kind === 'read')) {
    const plural = resource?.plural.toLowerCase() ?? nameOf(catalog, line.resource)
    return <>{t('audit.many', { count: formatCount(rows), plural })}</>
  }
  if (!line.record) return null
  const title = line.title ?? nameOf(catalog, line.resource)
  if (!resource || isGone(line)) return <>{title}</>
  return <Link {...links.record(catalog.org.slug, resource.path, line.record)}>{title}</Link>
}

function Denied({ line, run }: ToldProps) {
  const { detail, actor_name } = line
  const who = detail?.['outsider'] ? t('audit.outsider') : (actor_name ?? t('audit.somebody'))
  const asked = (detail?.['summary'] ?? detail?.['operation'] ?? '') as string
  return (
    <>
      <b>{who}</b> {t('audit.toldNo')} {asked}
      {line.record ? (
        <>
          {' · '}
          <Object line={line} run={run} />
        </>
      ) : null}
    </>
  )
}

/** A file that somebody opened, signed in or by a link. */
function Opened({ line, run, file }: ToldProps & { file: { readonly id: string } }) {
  const by = line.detail?.['link_of']
  const name = line.titles?.[file.id]
  return (
    <>
      <b>{by ? t('audit.withLink', { by: String(by) }) : (line.actor_name ?? t('audit.somebody'))}</b>{' '}
      {name ? t('audit.opened', { name }) : t('audit.openedOne')} {t('audit.of')} <Object line={line} run={run} />
    </>
  )
}

function Read({ line, run }: ToldProps) {
  const { resources, reports } = useCatalog()
  const fields = fieldsOf(line, resources[line.resource])
  const report = reports.find(({ name }) => name === line.resource)
  const who = <b>{line.actor_name ?? t('audit.somebody')}</b>
  const file = line.detail?.['file'] as { readonly id: string } | undefined
  if (file) return <Opened line={line} run={run} file={file} />
  if (line.act === 'export') {
    return (
      <>
        {who} {report ? `${t('audit.reported')} “${report.title}”` : t('audit.exported')}{' '}
        {report ? null : <Object line={line} run={run} />} {fields ? t('audit.with', { fields }) : null}
      </>
    )
  }
  return (
    <>
      {who} {t('audit.looked', { fields })} {t('audit.of')} <Object line={line} run={run} />
    </>
  )
}

/** One line of the trail as a sentence. */
export function Told({ line, run }: ToldProps) {
  const { resources } = useCatalog()
  if (line.kind === 'denied') return <Denied line={line} run={run} />
  if (line.kind === 'read') return <Read line={line} run={run} />
  if (line.kind === 'sign-in') {
    const who = line.title ?? t('audit.somebody')
    const known = doors[line.act]
    return <>{known ? around(known, who) : around('audit.door.other', who, { act: sentenceCase(line.act) })}</>
  }
  return (
    <>
      <b>{line.actor_name ?? t('history.house')}</b>{' '}
      <Done change={line} resource={resources[line.resource]} object={<Object line={line} run={run} />} />
    </>
  )
}
