import { dayAfter, field } from '@commonhall/kernel'
import { ActDialog, call, createRecord, type KnownResource, links, refresh, type Row, useOrg } from '@commonhall/ui'
import { useNavigate } from '@tanstack/react-router'
import { t } from '../t.ts'

interface ChangeRulesProps {
  readonly resource: KnownResource
  readonly row: Row
  readonly onClose: () => void
}

/** The rules end on the day before, and begin again as they are: what is to change is changed in the new version. */
export function ChangeRules({ resource, row, onClose }: ChangeRulesProps) {
  const org = useOrg()
  const navigate = useNavigate()
  const name = String(row['name'])
  const from = field.date({
    required: true,
    label: resource.fields['from_on']?.label ?? '',
    help: t('ruleSets.changeHelp'),
  })
  return (
    <ActDialog
      act={{ name: 'change', label: t('ruleSets.changeOf', { name }), from: [], to: '', asks: { from_on: from } }}
      module={resource.module}
      onClose={onClose}
      onAct={async ({ from_on: day }) => {
        const kept = Object.keys(resource.fields).filter((one) => !resource.fields[one]?.computed)
        const same = Object.fromEntries(kept.map((one) => [one, row[one] ?? null]))
        const before = { until_on: dayAfter(String(day), -1) }
        await call('PATCH', `/orgs/${org}/${resource.path}/${row.id}`, { body: before, version: row.version })
        const next = await createRecord(org, resource.path, {
          ...same,
          from_on: day,
          until_on: row['until_on'] ?? null,
        })
        void refresh(org)
        await navigate(links.edit(org, resource.path, next.id))
      }}
    />
  )
}
