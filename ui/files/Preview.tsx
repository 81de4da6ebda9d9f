import { ActionIcon, Modal } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { isTyping } from '../keyboard.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { Icon } from '../parts/Icon.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { useIsPhone } from '../parts/use-is-phone.ts'
import { t } from '../say.ts'
import type { FileRow } from '../wire/files.ts'
import { mayOpen, save } from './acts.ts'
import { Details } from './Details.tsx'
import { Look } from './Look.tsx'
import classes from './preview.module.css'
import './words.ts'

interface PreviewProps {
  org: string
  file: FileRow
  /** The list that it stands in, through which the arrow keys lead. */
  files?: readonly FileRow[]
  /** Its caption and tags are open to be changed. */
  isEdited?: boolean
  onMove?: (file: FileRow) => void
  onClose: () => void
}

interface StepProps {
  onMove: PreviewProps['onMove']
  icon: string
  label: string
  to: FileRow | undefined
}

const Step = ({ icon, label, to, onMove }: StepProps) => (
  <ActionIcon
    variant="subtle"
    color="gray"
    size={36}
    aria-label={label}
    title={label}
    aria-disabled={!to}
    data-off={to ? undefined : true}
    onClick={() => to && onMove?.(to)}
  >
    <Icon name={icon} />
  </ActionIcon>
)

/** The arrow keys lead through the list, except while somebody types or moves within what is shown. */
function useArrows(previous: FileRow | undefined, next: FileRow | undefined, onMove: PreviewProps['onMove']) {
  const latest = useRef({ previous, next, onMove })
  useEffect(() => {
    latest.current = { previous, next, onMove }
  })
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return
      const { previous: back, next: on, onMove: move } = latest.current
      const to = event.key === 'ArrowLeft' ? back : event.key === 'ArrowRight' ? on : undefined
      if (!to || !move) return
      event.preventDefault()
      move(to)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

/** One file, looked at without downloading it: its picture, pages or text, what is known of it, its versions. */
export function Preview({ org, file, files = [], isEdited = false, onMove, onClose }: PreviewProps) {
  useFocusBack()
  const isPhone = useIsPhone()
  const index = files.findIndex(({ id }) => id === file.id)
  const previous = index > 0 ? files[index - 1] : undefined
  const next = index >= 0 ? files[index + 1] : undefined
  useArrows(previous, next, onMove)
  return (
    <Modal.Root opened onClose={onClose} fullScreen={isPhone} size="min(76rem, 94vw)" centered={!isPhone}>
      <Modal.Overlay backgroundOpacity={0.4} />
      <Modal.Content className={classes['dialog'] ?? ''}>
        <div className={classes['head']}>
          <Modal.Title className={classes['title'] ?? ''}>{file.name}</Modal.Title>
          {files.length > 1 && index >= 0 ? (
            <span className={classes['steps']}>
              <Step icon="back" label={t('filePreview.previous')} to={previous} onMove={onMove} />
              <span data-quiet>{t('filePreview.place', { index: index + 1, count: files.length })}</span>
              <Step icon="arrow" label={t('filePreview.next')} to={next} onMove={onMove} />
            </span>
          ) : null}
          {mayOpen(file) === true || !isPhone ? (
            <ActButton
              className={classes['save'] ?? ''}
              variant="default"
              allowed={mayOpen(file)}
              leftSection={<Icon name="download" size={16} />}
              onClick={() => save(org, file)}
            >
              {t('files.download')}
            </ActButton>
          ) : null}
          <Modal.CloseButton className={classes['close'] ?? ''} aria-label={t('shell.closeDialog')} size={36} />
        </div>
        <div className={classes['body']}>
          <Look key={`${file.id}-${file.versions}`} org={org} row={file} />
          <Details key={file.id} org={org} row={file} isEdited={isEdited} />
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}
