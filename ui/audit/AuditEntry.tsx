import { hasWords, say, sentenceCase } from '@commonhall/kernel'
import { ActionIcon } from '@mantine/core'
import { useId, useState } from 'react'
import { formatCount, formatExactInstant } from '../fields/format.ts'
import { Icon, type IconName } from '../parts/Icon.tsx'
import { isGone, saysWhole } from '../record/ChangeLine.tsx'
import { Differences, differencesOf } from '../record/Differences.tsx'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import type { Change } from '../wire/records.ts'
import classes from './audit.module.css'
import { Told } from './Told.tsx'

const times = new Intl.DateTimeFormat('en-US', { timeStyle: 'short' })

const icons: Readonly<Record<string, IconName>> = {
  create: 'plus',
  archive: 'archive',
  restore: 'undo',
  delete: 'archive',
  export: 'download',
  read: 'search',
  denied: 'lock',
}

const iconOf = ({ kind, act, resource }: Change): IconName =>
  icons[act] ?? (kind === 'sign-in' ? 'key' : resource === 'foundation.mail_message' ? 'mail' : 'edit')

export function viaOf(via: string): string {
  const key = `audit-via:choice.${via}`
  return hasWords(key) ? say(key) : sentenceCase(via)
}

/** So many records are named where a line is about many. */
const mostNamed = 12

/** What the records of a line about many are called, as far as the server has told. */
function namesOf(run: readonly Change[], line: Change): { names: string[]; more: number } {
  const ids = line.detail?.['records'] as readonly string[] | undefined
  const all = ids ? ids.map((id) => line.titles?.[id]) : run.length > 1 ? run.map(({ title }) => title) : []
  const names = all.flatMap((name) => name ?? []).slice(0, mostNamed)
  return { names, more: all.length - names.length }
}

function Facts({ line, run }: { line: Change; run: readonly Change[] }) {
  const { detail } = line
  const { names, more } = namesOf(run, line)
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  const facts: readonly (readonly [string, string])[] = [
    [t('audit.when'), formatExactInstant(line.at)],
    [
      t('audit.manyRecords'),
      [...names, ...(names.length && more > 0 ? [t('audit.andMore', { count: more })] : [])].join('; '),
    ],
    [t('audit.through'), line.via ? viaOf(line.via) : ''],
    [detail?.['outsider'] ? t('audit.network') : t('audit.address'), line.address ?? ''],
    [t('audit.operation'), text(detail?.['operation'])],
    [t('audit.permission'), text(detail?.['permission'])],
    [t('audit.cause'), line.cause ?? ''],
    [t('audit.request'), line.request_id ?? ''],
    [t('audit.seal'), line.sealed_in ? t('audit.sealed', { n: formatCount(line.sealed_in) }) : t('audit.unsealed')],
  ]
  return (
    <dl>
      {facts.flatMap(([label, value]) =>
        value
          ? [
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>,
            ]
          : [],
      )}
    </dl>
  )
}

/** Whether values are told under the sentence at once: what was changed is the news, what was made is long. */
const isEdit = (line: Change) => (line.kind ?? 'change') === 'change' && !saysWhole(line) && !isGone(line)

/** One line of the trail, or a run of the same: who, what, old and new; and under it all that is known. */
export function AuditEntry({ run }: { run: readonly Change[] }) {
  const { resources } = useCatalog()
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [line] = run
  if (!line) return null
  const resource = resources[line.resource]
  const count = Number(line.detail?.['count'] ?? 1)
  const reason = line.detail?.['reason']
  const isCovered = isEdit(line) && line.act === 'update' && !differencesOf(line, resource).length
  return (
    <li className={classes['entry']} data-kind={line.kind ?? 'change'}>
      <span className={classes['mark']} aria-hidden>
        <Icon name={iconOf(line)} size={15} />
      </span>
      <div className={classes['body']}>
        <p>
          <Told line={line} run={run} />
          {count > 1 ? <span data-quiet> · {t('audit.more', { count, formatted: formatCount(count) })}</span> : null}
        </p>
        {run.length === 1 && isEdit(line) ? <Differences change={line} resource={resource} /> : null}
        {typeof reason === 'string' && reason ? <p data-quiet>{reason}</p> : null}
        {isCovered ? <p data-quiet>{t('audit.nothingToSee')}</p> : null}
        {isOpen ? (
          <div id={id}>
            {run.length === 1 && !isEdit(line) ? <Differences change={line} resource={resource} /> : null}
            <Facts line={line} run={run} />
          </div>
        ) : null}
      </div>
      <div className={classes['when']}>
        {line.via ? <span>{viaOf(line.via)}</span> : null}
        <time dateTime={line.at} title={formatExactInstant(line.at)}>
          {times.format(new Date(line.at))}
        </time>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('audit.details')}
          title={t('audit.details')}
          aria-expanded={isOpen}
          {...(isOpen ? { 'aria-controls': id } : {})}
          onClick={() => setOpen(!isOpen)}
        >
          <Icon name={isOpen ? 'up' : 'down'} size={16} />
        </ActionIcon>
      </div>
    </li>
  )
}
