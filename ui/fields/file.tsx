import { Button, Input, Progress } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { FileUse } from '@commonhall/kernel'
import { useQuery } from '@tanstack/react-query'
import { type DragEvent, useId, useState } from 'react'
import { chooseFiles } from '../files/choose.ts'
import { acceptOf, kindsOf, largestOf } from '../files/limits.ts'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { type FileSettings, fileSettingsQuery } from '../wire/files.ts'
import { recordQuery } from '../wire/records.ts'
import { common, type ControlProps } from './control.ts'
import classes from './fields.module.css'
import { formatBytes } from './format.ts'
import { type Going, onItsWay, type OneUpload, takenIn, useOneUpload } from './use-one-upload.ts'
import './words.ts'

const Underway = ({ going, cancel }: { going: Going; cancel: () => void }) => (
  <div className={classes['file']}>
    <Icon name="upload" />
    <div className={classes['about']}>
      <span>{going.name}</span>
      <Progress value={going.percent} aria-label={t('fileField.sending', { ...going })} />
    </div>
    <Button variant="default" size="compact-sm" onClick={cancel}>
      {t('fileField.cancel')}
    </Button>
  </div>
)

interface ChosenProps {
  id: string
  title: string | undefined
  disabled: boolean
  onReplace: () => void
  onRemove: ((name: string) => void) | undefined
}

/** The file that is there now. */
function Chosen({ id, title, disabled, onReplace, onRemove }: ChosenProps) {
  const org = useOrg()
  const { data: file } = useQuery(recordQuery(org, 'files', id))
  const name = file ? (file['name'] as string) : (title ?? t('fileField.unnamed'))
  const state = file?.['state']
  return (
    <div className={classes['file']}>
      <Icon name="file" />
      <div className={classes['about']}>
        <span>{name}</span>
        <small>
          {file ? formatBytes(Number(file['size'])) : null}
          {state === 'checking' || state === 'held' ? ` · ${t(`fileField.${state}`)}` : null}
        </small>
      </div>
      {disabled ? null : (
        <Button variant="default" size="compact-sm" onClick={onReplace}>
          {t('fileField.replace')}
        </Button>
      )}
      {onRemove && !disabled ? (
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-label={t('fileField.removeNamed', { name })}
          onClick={() => onRemove(name)}
        >
          {t('fileField.remove')}
        </Button>
      ) : null}
    </div>
  )
}

interface EmptyProps {
  id: string
  told: string
  disabled: boolean
  takesImages: boolean
  onChoose: (isPhoto?: boolean) => void
}

const Empty = ({ id, told, disabled, takesImages, onChoose }: EmptyProps) => {
  const isTouched = useMediaQuery('(pointer: coarse)', undefined, { getInitialValueInEffect: false }) ?? false
  return (
    <div className={classes['file']}>
      <Button
        id={id}
        aria-describedby={told}
        variant="default"
        size={isTouched ? 'sm' : 'compact-sm'}
        disabled={disabled}
        onClick={() => onChoose()}
      >
        {t('fileField.choose')}
      </Button>
      {isTouched && takesImages ? (
        <Button variant="default" size="sm" disabled={disabled} onClick={() => onChoose(true)}>
          {t('fileField.photo')}
        </Button>
      ) : null}
      {isTouched || disabled ? null : <small>{t('fileField.drop')}</small>}
    </div>
  )
}

/** What is dropped on the control, and whether something is held over it. */
function useDropped(disabled: boolean, { send, setRefused }: OneUpload) {
  const [isOver, setOver] = useState(false)
  const over = (event: DragEvent) => {
    event.preventDefault()
    setOver(!disabled)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file, ...more] = event.dataTransfer.files
    if (disabled || !file) return
    if (more.length) setRefused(t('fileField.one'))
    else void send(file)
  }
  return { isOver, onDragOver: over, onDragLeave: () => setOver(false), onDrop: drop }
}

/** Which files are taken, and how large. */
function limitOf(settings: FileSettings, use: FileUse): string {
  const size = formatBytes(largestOf(settings, use))
  return use.types ? t('fileField.types', { types: kindsOf(settings, use), size }) : t('fileField.size', { size })
}

/** One file: chosen, dropped or taken with the camera, sent at once, and part of the record once that is saved. */
export function FileControl(props: ControlProps) {
  const { id, label, description, error, disabled, required } = common(props)
  const { data: settings } = useQuery(fileSettingsQuery(useOrg()))
  const sending = useOneUpload(props, settings)
  const { going, refused, news, setNews, send, cancel } = sending
  const isOff = disabled || !props.place
  const { isOver, ...drop } = useDropped(isOff, sending)
  const hint = useId()
  const use = takenIn(props.field)
  const choose = async (isPhoto = false) => {
    const [file] = await chooseFiles({ accept: acceptOf(settings, use), isPhoto })
    if (file) await send(file)
  }
  const remove = (name: string) => {
    props.onChange('')
    setNews(t('fileField.removed', { name }))
  }
  const limit = settings ? limitOf(settings, use) : ''
  const value = typeof props.value === 'string' ? props.value : ''
  // While it is on its way, that it is not there yet is no mistake.
  const wrong = refused || (going ? undefined : error)
  return (
    <Input.Wrapper
      id={id}
      label={label}
      labelElement="div"
      required={required}
      error={wrong}
      description={[description, limit].filter(Boolean).join(' ')}
      descriptionProps={{ id: hint }}
    >
      <div className={classes['drop']} data-over={isOver || undefined} role="group" aria-label={label} {...drop}>
        {going ? (
          <Underway going={going} cancel={cancel} />
        ) : value && value !== onItsWay ? (
          <Chosen
            id={value}
            title={props.title}
            disabled={isOff}
            onReplace={() => void choose()}
            onRemove={required ? undefined : remove}
          />
        ) : (
          <Empty
            id={id}
            told={hint}
            disabled={isOff}
            takesImages={!use.types || use.types.includes('image')}
            onChoose={(isPhoto) => void choose(isPhoto)}
          />
        )}
      </div>
      <span className="mantine-visually-hidden" role="status">
        {news}
      </span>
    </Input.Wrapper>
  )
}
