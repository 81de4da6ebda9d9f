import { Anchor, Button, Group } from '@mantine/core'
import { field } from '@commonhall/kernel'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { RefControl } from '../fields/ref.tsx'
import { links } from '../links.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Ago } from '../parts/Ago.tsx'
import { t } from '../say.ts'
import { type Allowed, useCatalog } from '../wire/catalog.ts'
import { recordQuery, type Row, titleOf } from '../wire/records.ts'
import { type Explanation, linkRecord } from '../wire/roles.ts'
import { attempt } from './attempt.ts'
import classes from './people.module.css'

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

interface OwnRecordProps {
  row: Row
  kind: string
  allowed: Allowed | undefined
}

/** The record on the roll that is the person's own: named as far as one may see it. */
function RecordName({ kind, id }: { kind: string; id: string }) {
  const catalog = useCatalog()
  const resource = catalog.resources[kind]
  const { data } = useQuery({
    ...recordQuery(catalog.org.slug, resource?.path ?? '', id),
    enabled: resource !== undefined,
  })
  if (!resource || !data) return <>{t('person.hiddenRecord')}</>
  return (
    <Anchor renderRoot={(props) => <Link {...links.record(catalog.org.slug, resource.path, id)} {...props} />} inherit>
      {titleOf(resource, data)}
    </Anchor>
  )
}

function OwnRecord({ row, kind, allowed }: OwnRecordProps) {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const [isChoosing, setChoosing] = useState(false)
  const [chosen, setChosen] = useState('')
  const id = row['own_record'] ? `${row['own_record']}` : null
  const name = `${row['name']}`
  const set = async (record: string | null) => {
    const done = t(record ? 'person.linked' : 'person.unlinked', { name })
    if (await attempt(org, () => linkRecord(org, row.id, record), done)) setChoosing(false)
  }
  if (isChoosing) {
    return (
      <>
        <RefControl
          id="own-record"
          field={field.ref(kind as `${string}.${string}`)}
          label={t('person.recordTitle')}
          value={chosen}
          onChange={(value) => setChosen(`${value}`)}
          module={kind.split('.')[0] ?? ''}
        />
        <Group gap="xs" mt="xs">
          <Button size="compact-sm" disabled={!chosen} onClick={() => void set(chosen)}>
            {t('person.link')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setChoosing(false)}>
            {t('form.cancel')}
          </Button>
        </Group>
      </>
    )
  }
  return (
    <>
      {id ? <RecordName kind={kind} id={id} /> : t('person.noRecord')}
      <small>{t('person.recordText')}</small>
      <Group gap="xs" mt="xs">
        <ActButton size="compact-sm" variant="default" allowed={allowed} onClick={() => setChoosing(true)}>
          {t(id ? 'person.change' : 'person.link')}
        </ActButton>
        {id ? (
          <ActButton size="compact-sm" variant="subtle" color="gray" allowed={allowed} onClick={() => void set(null)}>
            {t('person.unlink')}
          </ActButton>
        ) : null}
      </Group>
    </>
  )
}

function Factor({ has, required }: { has: boolean; required: readonly string[] }) {
  if (has) return <>{t('person.hasFactor')}</>
  return <>{required.length ? t('person.noFactorNeeded', { roles: required.join(', ') }) : t('person.noFactor')}</>
}

/** Who somebody is here, as far as one may know. */
export function About({ row, all }: { row: Row; all: Explanation | undefined }) {
  const { email, last_seen_at: seen, second_factor: factor } = row
  return (
    <section className={classes['about']} aria-labelledby="about">
      <h2 id="about">{t('person.facts')}</h2>
      <dl>
        <Fact label={t('people.email')}>
          <Anchor href={`mailto:${email}`} inherit>{`${email}`}</Anchor>
        </Fact>
        <Fact label={t('person.lastSeen')}>{seen ? <Ago at={`${seen}`} /> : t('person.never')}</Fact>
        {typeof factor === 'boolean' ? (
          <Fact label={t('person.secondFactor')}>
            <Factor has={factor} required={all?.second_factor_required_by ?? []} />
          </Fact>
        ) : null}
        {all?.own_record_kind ? (
          <Fact label={t('person.recordTitle')}>
            <OwnRecord row={row} kind={all.own_record_kind} allowed={row.can?.['update']} />
          </Fact>
        ) : null}
      </dl>
    </section>
  )
}
