import { Button, CloseButton } from '@mantine/core'
import { addWords, type Field } from '@commonhall/kernel'
import { FilterChip } from '../list/FilterBar.tsx'
import classes from '../list/list.module.css'
import { askedOf, isNarrowed, type ListSearch } from '../list/search.ts'
import { t } from '../say.ts'
import { type Catalog, useCatalog } from '../wire/catalog.ts'
import { auditChoices } from '../words/en-audit.ts'

interface Offered {
  readonly name: string
  readonly label: string
  readonly field: Field
  /** Where its choices have their words. */
  readonly words: string
}

const choice = (choices: readonly string[]): Field => ({ kind: 'choice', required: true, choices }) as Field

const named = (namespace: keyof typeof auditChoices) => Object.keys(auditChoices[namespace].choice)

const ofHouse = Object.keys(auditChoices['audit-about'].choice.foundation).map((name) => `foundation.${name}`)

/** The filters: what the trail can be asked, in the words of this org's modules. */
function offeredBy(catalog: Catalog): Offered[] {
  const kept = Object.values(catalog.resources).filter(({ traits }) => traits.includes('audited'))
  for (const { name, label } of kept) {
    const [module = '', singular = ''] = name.split('.')
    addWords('audit-about', { choice: { [module]: { [singular]: label } } })
  }
  const acts = kept.flatMap((resource) => resource.acts)
  for (const { name, label } of acts) addWords('audit-act', { choice: { [name]: label } })
  const fields = Object.values(catalog.resources).find(({ path }) => path === 'audit')?.fields ?? {}
  return [
    { name: 'kind', label: t('audit.filter.kind'), field: choice(named('audit-kind')), words: 'audit-kind' },
    { name: 'at', label: t('audit.filter.at'), field: { kind: 'instant', required: true }, words: '' },
    {
      name: 'actor',
      label: t('audit.filter.actor'),
      field: { kind: 'ref', ...fields['actor'], required: true },
      words: '',
    },
    {
      name: 'act',
      label: t('audit.filter.act'),
      field: choice([...new Set([...named('audit-act'), ...acts.map(({ name }) => name)])]),
      words: 'audit-act',
    },
    {
      name: 'resource',
      label: t('audit.filter.resource'),
      field: choice([...new Set([...kept.map(({ name }) => name), ...ofHouse])]),
      words: 'audit-about',
    },
    { name: 'via', label: t('audit.filter.via'), field: choice(named('audit-via')), words: 'audit-via' },
    { name: 'address', label: t('audit.filter.address'), field: { kind: 'text', required: true }, words: '' },
  ]
}

/** What to show of the trail. `title` is the record's that the address names. */
export function AuditFilters({ list, title }: { list: ListSearch; title: string | undefined }) {
  const catalog = useCatalog()
  const record = askedOf(list.search, 'record').eq
  return (
    <div className={classes['filters']} role="group" aria-label={t('list.filters')}>
      {offeredBy(catalog).map(({ name, label, field, words }) => (
        <FilterChip key={name} name={name} field={field} label={label} module={words} list={list} />
      ))}
      {record ? (
        <div className={classes['chip']} data-set>
          <button type="button" disabled>
            {t('audit.record')} <b>{title ?? t('list.chosenRecord')}</b>
          </button>
          <CloseButton
            size="xs"
            aria-label={t('list.removeFilter', { label: t('audit.record') })}
            onClick={() => list.filter('record', {})}
          />
        </div>
      ) : null}
      {isNarrowed(list.search) ? (
        <Button variant="subtle" color="gray" size="compact-sm" aria-label={t('list.clear')} onClick={list.clear}>
          {t('list.clearShort')}
        </Button>
      ) : null}
    </div>
  )
}
