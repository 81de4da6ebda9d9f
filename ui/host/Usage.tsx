import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { formatAgo, formatBytes, formatCount, formatDate } from '../fields/format.ts'
import { Icon } from '../parts/Icon.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { actOnOrg, type CountedDay, type WholeOrg } from '../wire/host.ts'
import classes from './host.module.css'

const month = 30 * 24 * 3_600_000

/** The last count that is a month old, or the oldest that there is. */
function before(days: readonly CountedDay[]): CountedDay | undefined {
  const [newest, ...older] = days
  const since = newest ? Date.parse(newest.on) - month : 0
  return older.find(({ on }) => Date.parse(on) <= since) ?? older.at(-1)
}

interface LineProps {
  label: string
  now: string
  then?: string | undefined
}

const Line = ({ label, now, then }: LineProps) => (
  <tr>
    <th scope="row">{label}</th>
    <td data-end>{now}</td>
    {then === undefined ? null : <td data-end>{then}</td>}
  </tr>
)

function UsageTable({ org }: { org: WholeOrg }) {
  const then = before(org.days)
  const old = (value: number | undefined) => (then ? (value === undefined ? '' : formatCount(value)) : undefined)
  const records = org.records.reduce((sum, { count }) => sum + count, 0)
  return (
    <ScrollRegion className={classes['scroll']} label={t('host.usage')}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t('host.thing')}</th>
            <th scope="col" data-end>
              {t('host.now')}
            </th>
            {then ? (
              <th scope="col" data-end>
                {t('host.before', { day: formatDate(then.on) })}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          <Line label={t('host.people')} now={formatCount(org.people)} then={old(then?.people)} />
          {org.records.map(({ name, label, count }) => (
            <Line key={name} label={label} now={formatCount(count)} then={old(undefined)} />
          ))}
          <Line label={t('host.total')} now={formatCount(records)} then={old(then?.records)} />
          <Line label={t('host.changes')} now={formatCount(org.changes)} then={old(then?.changes)} />
          <Line
            label={t('host.filesSize')}
            now={formatBytes(org.files.bytes)}
            then={then ? formatBytes(then.file_bytes) : undefined}
          />
          <Line label={t('host.size')} now={formatBytes(org.bytes)} then={then ? formatBytes(then.bytes) : undefined} />
        </tbody>
      </table>
    </ScrollRegion>
  )
}

/** How much the org has of what, and had a month ago: numbers, and nothing of what they count. */
export function Usage({ org }: { org: WholeOrg }) {
  const { mutate, isPending } = useMutation({ mutationFn: () => actOnOrg(org.slug, 'count'), onError: toastFailure })
  return (
    <section className={classes['section']}>
      <header>
        <h2>{t('host.usage')}</h2>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="retry" size={14} />}
          loading={isPending}
          onClick={() => mutate()}
        >
          {t('host.countNow')}
        </Button>
      </header>
      <p>
        {org.counted_at ? t('host.countedAt', { ago: formatAgo(org.counted_at) }) : t('host.countedNever')}{' '}
        {t('host.noAccess')}
      </p>
      {org.counted_at ? <UsageTable org={org} /> : null}
    </section>
  )
}
