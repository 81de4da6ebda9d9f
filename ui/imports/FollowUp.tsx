import { Alert, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { links } from '../links.ts'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { type Act, type KnownResource, useOrg } from '../wire/catalog.ts'
import { refresh } from '../wire/changes.ts'
import { call } from '../wire/http.ts'
import { type Brought, broughtPage, type Import } from '../wire/imports.ts'
import own from './follow.module.css'
import classes from './imports.module.css'

/** What became of all that a file brought, once an act was tried on each. */
interface Told {
  readonly act: Act
  readonly done: number
  readonly refused: readonly (Brought & { readonly reason: string })[]
}

interface Reply {
  readonly done: readonly string[]
  readonly refused: readonly { readonly id: string; readonly reason: string }[]
}

/** Carries an act out on every record that an import has made and that stands where the act begins, page by page. */
async function actOnAll(org: string, { id }: Import, { path }: KnownResource, act: Act): Promise<Told> {
  let done = 0
  const refused: Told['refused'][number][] = []
  for (let after: string | null = ''; after !== null;) {
    const { data, page } = await broughtPage(org, id, after)
    const open = new Map(data.filter(({ state }) => act.from.includes(state ?? '')).map((one) => [one.record, one]))
    if (open.size) {
      const reply = await call<Reply>('POST', `/orgs/${org}/${path}/${act.name}`, { body: { ids: [...open.keys()] } })
      done += reply.done.length
      for (const { id: record, reason } of reply.refused) {
        const one = open.get(record)
        if (one) refused.push({ ...one, reason })
      }
    }
    after = page.next
  }
  return { act, done, refused }
}

/** What was not done, by the row of the file, with the way to the record. */
const Refused = ({ refused, resource }: Pick<Told, 'refused'> & { resource: KnownResource }) => {
  const org = useOrg()
  return (
    <ScrollRegion className={classes['scroll']} labelledBy="follow-up">
      <table>
        <thead>
          <tr>
            <th scope="col" data-align="end">
              {t('imports.row')}
            </th>
            <th scope="col">{resource.label}</th>
            <th scope="col">{t('imports.why')}</th>
          </tr>
        </thead>
        <tbody>
          {refused.map(({ row, record, title, reason }) => (
            <tr key={record}>
              <td data-align="end">{row}</td>
              <td>
                <Link {...links.record(org, resource.path, record)}>{title}</Link>
              </td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

/** The usual next act of a workflow, which needs no more than a click. */
const isNext = ({ tone, asks = {} }: Act) =>
  tone === 'primary' && Object.values(asks).every(({ required }) => !required)

/** What usually follows for records that a file brought, such as submitting them: for all of them at once. */
export function FollowUp({ row, resource }: { row: Import; resource: KnownResource }) {
  const org = useOrg()
  const [isBusy, setBusy] = useState(false)
  const [told, setTold] = useState<Told>()
  const { data: first } = useQuery({
    queryKey: ['org', org, 'brought', row.id, row.finished_at],
    queryFn: () => broughtPage(org, row.id, ''),
    enabled: resource.acts.some(isNext),
  })
  const act = resource.acts.find(
    (one) => isNext(one) && first?.data.some(({ state }) => one.from.includes(state ?? '')),
  )
  const run = async (wanted: Act) => {
    setBusy(true)
    try {
      setTold(await actOnAll(org, row, resource, wanted))
      await refresh(org)
    } catch (failure) {
      toastFailure(failure)
    }
    setBusy(false)
  }
  if (!act && !told) return null
  const words = { act: (told?.act ?? act)?.label }
  return (
    <section className={own['follow']} aria-labelledby="follow-up">
      <h2 id="follow-up">{t('imports.follow', words)}</h2>
      {told ? (
        <>
          <Alert color={told.refused.length ? 'yellow' : 'green'} role="status">
            {t('imports.followDone', { count: told.done })}{' '}
            {told.refused.length ? t('imports.followRefused', { count: told.refused.length }) : ''}
          </Alert>
          {told.refused.length ? <Refused refused={told.refused} resource={resource} /> : null}
        </>
      ) : act ? (
        <>
          <p data-quiet>{t('imports.followText')}</p>
          <Button loading={isBusy} onClick={() => void run(act)}>
            {t('imports.followAll', words)}
          </Button>
        </>
      ) : null}
    </section>
  )
}
