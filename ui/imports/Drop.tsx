import { Alert, Button } from '@mantine/core'
import { type DragEvent, type RefObject, useRef, useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { Problem } from '../wire/http.ts'
import classes from './imports.module.css'

interface DropProps {
  plural: string
  /** Sends the file; throws the server's refusal. */
  onFile: (file: File) => Promise<void>
}

const kinds = '.csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

interface FileInputProps {
  ref: RefObject<HTMLInputElement | null>
  onFile: (file: File | undefined) => Promise<void>
}

/** The browser's own field, out of sight: the button beside it opens it. The same file can be chosen twice. */
const FileInput = ({ ref, onFile }: FileInputProps) => (
  <input
    ref={ref}
    type="file"
    className="mantine-visually-hidden"
    tabIndex={-1}
    aria-label={t('imports.file')}
    accept={kinds}
    onChange={(event) => {
      void onFile(event.currentTarget.files?.[0])
      event.currentTarget.value = ''
    }}
  />
)

/** Where a file is dropped, or chosen with a button. */
export function Drop({ plural, onFile }: DropProps) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  const [reading, setReading] = useState('')
  const [refused, setRefused] = useState('')
  const take = async (file: File | undefined) => {
    if (!file || reading) return
    setReading(file.name)
    setRefused('')
    try {
      await onFile(file)
    } catch (failure) {
      setRefused(failure instanceof Problem ? failure.message : t('problem.page'))
      setReading('')
    }
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <>
      {refused ? (
        <Alert color="red" role="alert" mb="md" title={t('imports.refusedFile')}>
          {refused}
        </Alert>
      ) : null}
      <div
        className={classes['drop']}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" size={32} />
        <h2>{t('imports.drop', { plural })}</h2>
        <p>{t('imports.dropText')}</p>
        <FileInput ref={input} onFile={take} />
        <Button loading={!!reading} onClick={() => input.current?.click()}>
          {t('imports.choose')}
        </Button>
        <p role="status">{reading ? t('imports.reading', { name: reading }) : t('imports.safe')}</p>
      </div>
    </>
  )
}
