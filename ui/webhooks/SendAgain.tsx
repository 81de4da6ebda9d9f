import { NativeSelect, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { Confirm } from '../account/Confirm.tsx'
import '../account/words.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { toast } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { type Allowed, useOrg } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import { Problem } from '../wire/http.ts'
import { replaySince, type Webhook } from '../wire/webhooks.ts'

const hour = 3_600_000
const spans = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour } as const

type Span = keyof typeof spans | 'other'

const choices: readonly Span[] = ['hour', 'day', 'week', 'month', 'other']

/** The moment that is meant; what is typed is by the clock of whoever types. */
function sinceOf(span: Span, moment: string): string {
  const at = span === 'other' ? new Date(moment) : new Date(Date.now() - spans[span])
  if (Number.isNaN(at.getTime())) throw new Problem(422, 'required', t('deliveries.momentNeeded'))
  return at.toISOString()
}

/** Sends again whatever was sent since a moment, once it is certain that this is meant. */
export function SendAgain({ row, allowed }: { row: Webhook; allowed: Allowed }) {
  const org = useOrg()
  const [isAsked, setAsked] = useState(false)
  const [span, setSpan] = useState<Span>('day')
  const [moment, setMoment] = useState('')
  const replay = async () => {
    const { replayed: count } = await replaySince(org, row.id, sinceOf(span, moment))
    toast(count ? t('deliveries.sinceDone', { count }) : t('deliveries.sinceNone'))
    await client.invalidateQueries({ queryKey: ['org', org, 'deliveries', row.id] })
  }
  return (
    <>
      <ActButton variant="default" size="compact-sm" allowed={allowed} onClick={() => setAsked(true)}>
        {t('deliveries.since')}
      </ActButton>
      {isAsked ? (
        <Confirm
          title={t('deliveries.sinceTitle')}
          text={t('deliveries.sinceText')}
          act={t('deliveries.sinceAct')}
          onAct={replay}
          onClose={() => setAsked(false)}
        >
          <Stack gap="sm">
            <NativeSelect
              label={t('deliveries.sinceWhen')}
              value={span}
              data={choices.map((value) => ({ value, label: t(`deliveries.${value}`) }))}
              onChange={(event) => setSpan(event.currentTarget.value as Span)}
            />
            {span === 'other' ? (
              <TextInput
                type="datetime-local"
                label={t('deliveries.moment')}
                value={moment}
                onChange={(event) => setMoment(event.currentTarget.value)}
              />
            ) : null}
          </Stack>
        </Confirm>
      ) : null}
    </>
  )
}
