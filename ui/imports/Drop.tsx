import { Alert, Button } from '@mantine/core'
import { type DragEvent, useRef, useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { Problem } from '../wire/http.ts'
import classes from './imports.module.css'

interface DropProps {
  plural: string
  /** Sends the file; throws the server's refusal. */
  onFile: (file: File) => Promise<void>
}

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
        <input
          ref={input}
          type="file"
          className="mantine-visually-hidden"
          tabIndex={-1}
          aria-label={t('imports.file')}
          accept=".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
          onChange={(event) => {
            void take(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
        <Button loading={!!reading} onClick={() => input.current?.click()}>
          {t('imports.choose')}
        </Button>
        <p role="status">{reading ? t('imports.reading', { name: reading }) : t('imports.safe')}</p>
      </div>
    </>
  )
}
