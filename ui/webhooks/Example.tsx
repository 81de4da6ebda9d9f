import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { t } from '../say.ts'
import type { EventType } from '../wire/webhooks.ts'
import classes from './webhook-form.module.css'

/** A message as it would arrive: of what is chosen, or of anything while nothing is. */
export function Example({ events, chosen }: { events: readonly EventType[]; chosen: ReadonlySet<string> }) {
  const [isOpen, setOpen] = useState(false)
  const [type, setType] = useState('')
  const offered = chosen.size ? events.filter((one) => chosen.has(one.type)) : events
  const shown = offered.find((one) => one.type === type) ?? offered[0]
  return (
    <div className={classes['example']}>
      <Button
        variant="subtle"
        color="gray"
        size="compact-sm"
        aria-expanded={isOpen}
        leftSection={<Icon name={isOpen ? 'down' : 'chevron'} size={14} />}
        onClick={() => setOpen(!isOpen)}
      >
        {t(isOpen ? 'newWebhook.hideExample' : 'newWebhook.example')}
      </Button>
      {isOpen && shown ? (
        <>
          <NativeSelect
            size="xs"
            label={t('newWebhook.exampleOf')}
            maw="20rem"
            value={shown.type}
            data={offered.map((one) => ({ value: one.type, label: one.label }))}
            onChange={(event) => setType(event.currentTarget.value)}
          />
          <ScrollRegion className={classes['code']} label={t('newWebhook.exampleOf')}>
            <pre>{JSON.stringify(shown.example, null, 2)}</pre>
          </ScrollRegion>
          <p data-quiet>{t('newWebhook.exampleText')}</p>
        </>
      ) : null}
    </div>
  )
}
