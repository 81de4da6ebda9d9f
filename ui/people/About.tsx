import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { Ago } from '../parts/Ago.tsx'
import { t } from '../say.ts'
import { type Allowed, useCatalog } from '../wire/catalog.ts'
import type { Row } from '../wire/records.ts'
import { type Explanation, tieTo, type Ties } from '../wire/roles.ts'
import { attempt } from './attempt.ts'
import classes from './people.module.css'
import { Tie } from './Tie.tsx'

const Fact = ({ label, children }: { label: string; children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

function Factor({ has, required }: { has: boolean; required: readonly string[] }) {
  if (has) return <>{t('person.hasFactor')}</>
  return <>{required.length ? t('person.noFactorNeeded', { roles: required.join(', ') }) : t('person.noFactor')}</>
}

/** The record that the person is, and those that they stand for. */
function TiesOf({ row, all }: { row: Row; all: Explanation }) {
  const { org, resources } = useCatalog()
  const allowed: Allowed | undefined = row.can?.['update']
  const name = `${row['name']}`
  const set = (ties: Ties, isNew: boolean) =>
    attempt(org.slug, () => tieTo(org.slug, row.id, ties), t(isNew ? 'person.linked' : 'person.unlinked', { name }))
  const { own_record_kind: own, party_kinds: kinds, person } = all
  return (
    <>
      {own ? (
        <Fact label={t('person.recordTitle')}>
          <Tie
            kind={own}
            id={row['own_record'] ? `${row['own_record']}` : null}
            title={t('person.recordTitle')}
            text={t('person.recordText')}
            none={t('person.noRecord')}
            allowed={allowed}
            onSet={(id) => set({ own_record: id }, id !== null)}
          />
        </Fact>
      ) : null}
      {kinds
        .flatMap((kind) => resources[kind] ?? [])
        .map(({ name: kind, label }) => {
          const words = { kind: label.toLowerCase() }
          return (
            <Fact key={kind} label={t('person.partyTitle', words)}>
              <Tie
                kind={kind}
                id={person.stands_for.find(({ resource }) => resource === kind)?.id ?? null}
                title={t('person.partyTitle', words)}
                text={t('person.partyText', words)}
                none={t('person.noParty', words)}
                allowed={allowed}
                onSet={(id) => set({ stands_for: { [kind]: id } }, id !== null)}
              />
            </Fact>
          )
        })}
    </>
  )
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
        {all ? <TiesOf row={row} all={all} /> : null}
      </dl>
    </section>
  )
}
