import { useEffect, useRef, useState } from 'react'
import { isCovered, isTyping } from '../keyboard.ts'
import { t } from '../say.ts'
import './words.ts'

/** A file that was dropped; a folder is told of where it fell. */
export interface Dropped {
  readonly file: File
  readonly refused?: string
}

/** Where something is held over the page: over this file of the list, or else where. */
export type Over = { readonly file: string | undefined } | undefined

const bringsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false

const fileUnder = ({ target }: Event) =>
  target instanceof Element ? target.closest<HTMLElement>('[data-takes-version]')?.dataset['takesVersion'] : undefined

function droppedOf({ dataTransfer }: DragEvent): Dropped[] {
  return [...(dataTransfer?.items ?? [])].flatMap((item) => {
    const file = item.getAsFile()
    if (!file) return []
    return item.webkitGetAsEntry()?.isDirectory ? [{ file, refused: t('files.folder') }] : [{ file }]
  })
}

/**
 * Takes files that are dropped anywhere on the page, with the file of the list on which they fell. Whatever happens,
 * the browser does not open them in place of the page.
 */
export function useDrop(
  isOpen: boolean,
  onDrop: (dropped: readonly Dropped[], file: string | undefined) => void,
): Over {
  const [over, setOver] = useState<Over>()
  const latest = useRef(onDrop)
  useEffect(() => {
    latest.current = onDrop
  })
  useEffect(() => {
    const takes = () => isOpen && !isCovered()
    const hold = (event: DragEvent) => {
      if (!bringsFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer) event.dataTransfer.dropEffect = takes() ? 'copy' : 'none'
      const file = fileUnder(event)
      setOver((now) => (now && now.file === file ? now : takes() ? { file } : undefined))
    }
    // Leaving the window leaves for nowhere.
    const leave = (event: DragEvent) => event.relatedTarget === null && setOver(undefined)
    const drop = (event: DragEvent) => {
      if (!bringsFiles(event)) return
      event.preventDefault()
      setOver(undefined)
      if (takes()) latest.current(droppedOf(event), fileUnder(event))
    }
    document.addEventListener('dragover', hold)
    document.addEventListener('dragleave', leave)
    document.addEventListener('drop', drop)
    return () => {
      document.removeEventListener('dragover', hold)
      document.removeEventListener('dragleave', leave)
      document.removeEventListener('drop', drop)
    }
  }, [isOpen])
  return over
}

const two = (value: number) => `${value}`.padStart(2, '0')

/** Pictures of the screen all come as image.png: when they were pasted tells them apart. */
function named(file: File, now = new Date()): File {
  if (!/^image\.\w+$/.test(file.name)) return file
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('.')
  const ending = file.name.slice('image'.length)
  return new File([file], `${t('files.pasted', { when: `${day} ${time}` })}${ending}`, { type: file.type })
}

/** Takes files and pictures that are pasted while nobody types. */
export function usePaste(isOpen: boolean, onPaste: (dropped: readonly Dropped[]) => void): void {
  const latest = useRef(onPaste)
  useEffect(() => {
    latest.current = onPaste
  })
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])]
      if (!isOpen || !files.length || isTyping(event.target) || isCovered()) return
      event.preventDefault()
      latest.current(files.map((file) => ({ file: named(file) })))
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [isOpen])
}
