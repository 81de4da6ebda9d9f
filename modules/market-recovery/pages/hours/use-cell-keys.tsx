import { toast } from '@commonhall/ui'
import { type ClipboardEvent, type FocusEvent, type KeyboardEvent, useRef } from 'react'
import { t } from '../t.ts'
import { type Cell, cellOf, linesOf, nameOf, pasted, type Step, stepFrom } from './cells.ts'
import { isOver40 } from './entry.ts'
import type { Entry } from './use-entry.tsx'

const inputOf = (cell: Cell) => document.querySelector<HTMLInputElement>(`[data-cell="${nameOf(cell)}"]`)

function focusCell(cell: Cell | undefined): boolean {
  const input = cell && inputOf(cell)
  input?.focus()
  input?.closest('tr, li')?.scrollIntoView({ block: 'nearest' })
  return Boolean(input)
}

/** The first cell of a row. */
export const focusRow = (assignment: string) =>
  document.querySelector<HTMLInputElement>(`[data-cell^="${assignment} "]`)?.focus()

/** Which way a key leads out of a cell. Left and right lead out only where the text ends. */
function stepOf(event: KeyboardEvent, input: HTMLInputElement): Step | undefined {
  const { selectionStart: start, selectionEnd: end, value } = input
  const isWhole = start === 0 && end === value.length
  switch (event.key) {
    case 'Enter':
      return event.shiftKey ? 'up' : 'down'
    case 'ArrowUp':
      return 'up'
    case 'ArrowDown':
      return 'down'
    case 'ArrowLeft':
      return isWhole || (start === 0 && end === 0) ? 'left' : undefined
    case 'ArrowRight':
      return isWhole || start === value.length ? 'right' : undefined
    case 'Tab':
      return event.shiftKey ? 'before' : 'next'
    default:
      return undefined
  }
}

/** Moving and pasting as in a spreadsheet, for whatever holds the cells. */
export function useCellKeys(entry: Entry) {
  const before = useRef('')
  const lines = () => linesOf(entry.rows.filter(({ isOpen }) => isOpen).map(({ row, typed }) => ({ ...row, typed })))
  const inputAt = (target: EventTarget) =>
    target instanceof HTMLInputElement && target.dataset['cell'] ? target : undefined

  /** What is asked beside a row comes before the next one. */
  const isAsked = ({ assignment }: Cell) =>
    entry.rows.some(({ row, typed }) => row.assignment === assignment && isOver40(typed) && !typed.confirmed)

  const onKeyDown = (event: KeyboardEvent) => {
    const input = inputAt(event.target)
    if (!input || event.ctrlKey || event.metaKey || event.altKey) return
    const here = cellOf(input.dataset['cell'] ?? '')
    if (event.key === 'Escape') return entry.type([{ ...here, text: before.current }])
    const step = stepOf(event, input)
    if (!step) return
    const to = stepFrom(lines(), here, step)
    if (event.key === 'Tab' && (!to || (to.assignment !== here.assignment && step === 'next' && isAsked(here)))) return
    if (focusCell(to)) event.preventDefault()
    else if (step === 'right') {
      input.closest('tr, li')?.querySelector<HTMLElement>('[data-days]')?.focus()
      event.preventDefault()
    } else if (event.key === 'Enter') event.preventDefault()
  }

  const onPaste = (event: ClipboardEvent) => {
    const input = inputAt(event.target)
    const text = event.clipboardData.getData('text/plain')
    if (!input || !/[\t\r\n]/.test(text.trim())) return
    event.preventDefault()
    const { changes, left } = pasted(lines(), cellOf(input.dataset['cell'] ?? ''), text)
    entry.type(changes)
    if (left) toast(t('grid.left', { count: left }))
  }

  const onFocus = (event: FocusEvent) => {
    const input = inputAt(event.target)
    if (!input) return
    before.current = input.value
    input.select()
  }

  return { onKeyDown, onPaste, onFocus }
}

export type CellKeys = ReturnType<typeof useCellKeys>
