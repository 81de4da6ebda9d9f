import { ActionIcon, Button, Progress } from '@mantine/core'
import { formatBytes } from '../fields/format.ts'
import { Icon } from '../parts/Icon.tsx'
import { State } from '../parts/State.tsx'
import { t } from '../say.ts'
import lines from './lines.module.css'
import { TypeMark } from './Mark.tsx'
import { cancel, type Going, pause, resume } from './queue.ts'

/** How far it is, in words. */
function Standing({ one }: { one: Going }) {
  const sent = formatBytes(one.sent)
  const size = formatBytes(one.file.size)
  if (one.state === 'refused')
    return (
      <span className={lines['condition']} role="alert">
        <State tone="bad">{t('files.notAttached')}</State>
        <span>{one.reason}</span>
      </span>
    )
  const words = {
    queued: t('files.queued'),
    paused: t('files.paused', { sent: t('files.sentOf', { sent, size }) }),
    stuck: t('files.stuck', { sent: t('files.sentOf', { sent, size }) }),
    going: one.sent === one.file.size ? t('files.finishing') : t('files.sentOf', { sent, size }),
    done: t('files.finishing'),
  }
  return <span className={lines['standing']}>{words[one.state]}</span>
}

interface ToolProps {
  icon: string
  label: string
  onClick: () => void
}

const Tool = ({ icon, label, onClick }: ToolProps) => (
  <ActionIcon variant="subtle" color="gray" size={36} aria-label={label} title={label} onClick={onClick}>
    <Icon name={icon} size={16} />
  </ActionIcon>
)

function Tools({ one }: { one: Going }) {
  const { name } = one.file
  if (one.state === 'done') return null
  if (one.state === 'refused')
    return (
      <>
        {one.mayRetry ? (
          <Button variant="default" size="compact-sm" onClick={() => resume(one.key)}>
            {t('problem.retry')}
          </Button>
        ) : null}
        <Tool icon="close" label={t('files.dismiss', { name })} onClick={() => cancel(one.key)} />
      </>
    )
  return (
    <>
      {one.state === 'paused' ? (
        <Tool icon="play" label={t('files.resume', { name })} onClick={() => resume(one.key)} />
      ) : (
        <Tool icon="pause" label={t('files.pause', { name })} onClick={() => pause(one.key)} />
      )}
      <Tool icon="close" label={t('files.cancel', { name })} onClick={() => cancel(one.key)} />
    </>
  )
}

/** One file on its way, with how far it is. */
const UploadLine = ({ one }: { one: Going }) => (
  <li className={lines['line']} data-going>
    <TypeMark name={one.file.name} />
    <div className={lines['what']}>
      <strong>{one.file.name}</strong>
      {one.state === 'refused' ? null : (
        <Progress.Root size={6} className={lines['bar'] ?? ''}>
          <Progress.Section
            value={Math.min(100, Math.round((100 * one.sent) / one.file.size))}
            aria-label={t('files.progress', { name: one.file.name })}
            {...(one.state === 'stuck' || one.state === 'paused' ? { color: 'gray.5' } : {})}
          />
        </Progress.Root>
      )}
      <Standing one={one} />
    </div>
    <span className={lines['tools']}>
      <Tools one={one} />
    </span>
  </li>
)

/** What is on its way, and what was not taken; what is said aloud is only how many. */
export function Uploads({ going }: { going: readonly Going[] }) {
  const open = going.filter(({ state }) => state !== 'refused').length
  return (
    <>
      {going.length ? (
        <ul className={lines['lines']} aria-label={t('files.uploads')}>
          {going.map((one) => (
            <UploadLine key={one.key} one={one} />
          ))}
        </ul>
      ) : null}
      <span className="mantine-visually-hidden" role="status">
        {open ? t('files.status', { count: open }) : ''}
      </span>
    </>
  )
}
