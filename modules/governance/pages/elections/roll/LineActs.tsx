import { ActionIcon, Menu } from '@mantine/core'
import { field } from '@commonhall/kernel'
import { ActDialog, call, Icon, refresh, toast, useOrg } from '@commonhall/ui'
import { useState } from 'react'
import { t } from '../t.ts'
import { useDoing } from '../use-doing.tsx'
import type { RollLine } from '../wire.ts'
import type { Doing } from './RollList.tsx'

type Asking = 'return-paper' | 'challenge' | undefined

interface Doable {
  readonly name: 'paper' | 'returned' | 'challenge' | 'dismiss' | 'notify'
  readonly icon: string
}

/** What there is to do about somebody on the roll, as things are. */
function doableOf({ eligible, taken, challenge }: RollLine, state: string): readonly Doable[] {
  if (!eligible) return []
  const isOpen = state === 'voting'
  const isFree = taken === 'none'
  return [
    ...(state === 'published' ? [{ name: 'notify', icon: 'mail' } as const] : []),
    ...(isOpen && isFree && !challenge ? [{ name: 'paper', icon: 'file' } as const] : []),
    ...(isOpen && taken === 'paper' ? [{ name: 'returned', icon: 'undo' } as const] : []),
    ...(isFree && !challenge && ['published', 'voting'].includes(state)
      ? [{ name: 'challenge', icon: 'warning' } as const]
      : []),
    ...(challenge && isFree ? [{ name: 'dismiss', icon: 'check' } as const] : []),
  ]
}

const asks = {
  'return-paper': () => ({
    number: field.text({ required: true, max: 40, label: t('office.roll.number') }),
    reason: field.text({ required: true, min: 3, max: 500, label: t('office.roll.reason') }),
  }),
  challenge: () => ({
    reason: field.text({
      required: true,
      min: 3,
      max: 500,
      label: t('office.roll.reason'),
      help: t('office.roll.challengeText'),
    }),
  }),
}

interface LineActsProps extends Doing {
  readonly line: RollLine
}

/** Gives somebody a ballot on paper, takes it back, challenges their vote. */
export function LineActs({ line, state, onNotify }: LineActsProps) {
  const org = useOrg()
  const { run } = useDoing()
  const [asking, setAsking] = useState<Asking>()
  const { id, name } = line
  const send = (act: string, body: object = {}) => call('POST', `/orgs/${org}/voters/${id}/${act}`, { body })
  const doable = doableOf(line, state)
  if (!doable.length) return null
  const start = (one: Doable['name']) => {
    if (one === 'paper') void run(() => send('paper'), t('office.roll.paperDone', { name }))
    else if (one === 'dismiss') void run(() => send('dismiss-challenge'), t('office.roll.done'))
    else if (one === 'notify') onNotify(line)
    else setAsking(one === 'returned' ? 'return-paper' : 'challenge')
  }
  const label = asking === 'challenge' ? t('office.roll.challengeOf', { name }) : t('office.roll.returnedOf', { name })
  return (
    <>
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('office.roll.acts', { name })}>
            <Icon name="dots" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {doable.map((one) => (
            <Menu.Item key={one.name} leftSection={<Icon name={one.icon} size={16} />} onClick={() => start(one.name)}>
              {t(`office.roll.${one.name}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {asking ? (
        <ActDialog
          act={{ name: asking, label, from: [], to: '', asks: asks[asking]() }}
          module="governance"
          onClose={() => setAsking(undefined)}
          onAct={async (asked) => {
            await send(asking, asked)
            toast(t('office.roll.done'))
            void refresh(org)
          }}
        />
      ) : null}
    </>
  )
}
