import type { Field, FileUse } from '@commonhall/kernel'
import { useEffect, useRef, useState } from 'react'
import { refusalOf } from '../files/limits.ts'
import { uploadFile } from '../files/upload.ts'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import type { FileSettings } from '../wire/files.ts'
import { Problem } from '../wire/http.ts'
import type { ControlProps } from './control.ts'
import './words.ts'

/** Stands for a file that is still on its way: what the form's check says no to. */
export const onItsWay = 'on its way'

export interface Going {
  readonly name: string
  readonly percent: number
}

/** What a field says of the files that it takes. */
export const takenIn = (field: Field): FileUse => field as Field & FileUse

/** Why a file is not taken here, as far as that can be known before it is sent. */
function refusalBefore(file: File, settings: FileSettings | undefined, use: FileUse): string | undefined {
  if (!settings) return undefined
  return refusalOf(file, settings, use, { files: 1, bytes: settings.quota - settings.used })
}

/** One upload at a time, and what came of it. What is chosen meanwhile takes its place. */
export function useOneUpload({ field, place, value, onChange }: ControlProps, settings: FileSettings | undefined) {
  const org = useOrg()
  const [going, setGoing] = useState<Going>()
  const [refused, setRefused] = useState('')
  const [news, setNews] = useState('')
  const stop = useRef<AbortController>(undefined)
  useEffect(() => () => stop.current?.abort(), [])
  const send = async (file: File) => {
    const before = value === onItsWay ? '' : value
    const failure = refusalBefore(file, settings, takenIn(field))
    setRefused(failure ?? '')
    if (failure || !place) return
    stop.current?.abort()
    const mine = new AbortController()
    stop.current = mine
    setGoing({ name: file.name, percent: 0 })
    onChange(onItsWay)
    try {
      const { id } = await uploadFile(org, file, place, {
        signal: mine.signal,
        onProgress: (sent, size) =>
          stop.current === mine && setGoing({ name: file.name, percent: Math.floor((sent / size) * 100) }),
      })
      onChange(id)
      setNews(t('fileField.sent', { name: file.name }))
    } catch (error) {
      // Another one has taken its place, or the form is gone.
      if (stop.current !== mine) return
      onChange(before)
      if (!mine.signal.aborted) setRefused(error instanceof Problem ? error.message : t('fileField.failed'))
    }
    if (stop.current === mine) setGoing(undefined)
  }
  return { going, refused, setRefused, news, setNews, send, cancel: () => stop.current?.abort() }
}

export type OneUpload = ReturnType<typeof useOneUpload>
