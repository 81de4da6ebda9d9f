import { Button, Select } from '@mantine/core'
import { periodNames } from '@commonhall/kernel'
import type { FormEvent } from 'react'
import { check, useDraft } from '../form/draft.ts'
import { FormFields } from '../form/FormFields.tsx'
import { t } from '../say.ts'
import { type KnownReport, useCatalog } from '../wire/catalog.ts'
import { isFiltered, periodIn, searchOf, useAsked, valuesOf, withPeriod } from './asked.ts'
import classes from './reports.module.css'

/** What a report is asked for. A period by its name is shown at once; all else when it is complete. */
export function Filters({ report }: { report: KnownReport }) {
  const { search, ask } = useAsked()
  const zone = useCatalog().org.time_zone
  const draft = useDraft(report.asks, valuesOf(report, search, zone))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const { errors } = check(report.asks, draft.values)
    if (errors.length) draft.fail(errors)
    else ask(searchOf(report, draft.values, search, zone))
  }
  const period = periodIn(report, search)
  return (
    <form className={classes['asks']} onSubmit={submit} noValidate aria-label={t('reports.filters')}>
      {report.period ? (
        <Select
          label={t('reports.period.label')}
          data={[
            ...periodNames.map((name) => ({ value: name, label: t(`reports.period.${name}`) })),
            ...(period ? [] : [{ value: '', label: t('reports.period.custom') }]),
          ]}
          value={period ?? ''}
          onChange={(name) => name && ask(withPeriod(report, search, name))}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          w="9.5rem"
        />
      ) : null}
      <FormFields
        fields={report.asks}
        names={Object.keys(report.asks)}
        draft={draft}
        prefix="ask-"
        module={report.name.split('.')[0] ?? ''}
      />
      <Button type="submit" variant="default">
        {t('reports.show')}
      </Button>
      {isFiltered(report, search) ? (
        <Button variant="subtle" onClick={() => ask(period ? { period } : {})}>
          {t('reports.clear')}
        </Button>
      ) : null}
    </form>
  )
}
