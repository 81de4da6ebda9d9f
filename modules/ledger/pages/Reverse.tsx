import { useState } from 'react'
import { field } from '@commonhall/kernel'
import { ActButton, ActDialog, call, Icon, links, listQuery, refresh, type Row, toast, useOrg } from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { t } from './t.ts'

/** The entry that takes this one back, if there is one. */
export function useReversal(row: Row): Row | undefined {
  const answer = useInfiniteQuery(listQuery(useOrg(), 'journal-entries', { 'filter[reverses]': row.id }, 1))
  return answer.data?.pages[0]?.data[0]
}

/** Why there is nothing to take back, or not here. */
function closedBy(row: Row, back: Row | undefined): string | undefined {
  if (row['reverses']) return t('isReversal')
  if (back) return t('isReversed')
  return row['source_resource'] ? t('fromElsewhere') : undefined
}

/** Takes an entry back, with the reason. */
export function Reverse({ row }: { row: Row }) {
  const org = useOrg()
  const navigate = useNavigate()
  const back = useReversal(row)
  const [isAsking, setAsking] = useState(false)
  const act = {
    name: 'reverse',
    label: t('reverse'),
    from: [],
    to: '',
    tone: 'danger' as const,
    asks: {
      reason: field.text({ required: true, min: 3, max: 500, label: t('reason') }),
      posted_on: field.date({ label: t('date'), help: t('dateHelp') }),
    },
  }
  const reverse = async (asked: Readonly<Record<string, unknown>>) => {
    const path = `/orgs/${org}/journal-entries/${row.id}/reverse`
    const { id } = await call<{ id: string }>('POST', path, { body: asked })
    toast(t('back', { number: row['number'] }))
    await refresh(org)
    await navigate(links.record(org, 'journal-entries', id))
  }
  return (
    <>
      <ActButton
        variant="default"
        allowed={closedBy(row, back) ?? row.can?.['reverse']}
        leftSection={<Icon name="undo" size={16} />}
        onClick={() => setAsking(true)}
      >
        {t('reverse')}
      </ActButton>
      {isAsking ? <ActDialog act={act} module="ledger" onClose={() => setAsking(false)} onAct={reverse} /> : null}
    </>
  )
}
