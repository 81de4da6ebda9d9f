import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { t } from '../say.ts'
import classes from './sheet.module.css'
import { type Choice, useCommands, useRecords } from './palette-choices.ts'

const idOf = (choice: Choice) => `palette-${choice.id}`

/** Goes anywhere and finds any record, by typing: a combobox, so that a screen reader follows along. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  useFocusBack()
  const [words, setWords] = useState('')
  const [settled] = useDebouncedValue(words.trim(), 140)
  const [at, setAt] = useState(0)
  const commands = useCommands(words)
  const { records, isLooking } = useRecords(settled)
  const choices = words.trim() ? [...commands.slice(0, 6), ...records] : commands
  const current = choices[Math.min(at, choices.length - 1)]
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (current) document.getElementById(idOf(current))?.scrollIntoView({ block: 'nearest' })
  }, [current])
  const choose = (choice: Choice | undefined) => {
    if (!choice) return
    onClose()
    void navigate(choice.to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step)
      setAt((before) => (Math.min(before, choices.length - 1) + step + choices.length) % Math.max(1, choices.length))
    else if (event.key === 'Enter') choose(current)
    else return
    event.preventDefault()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="12dvh"
      centered={false}
      attributes={{ content: { 'aria-label': t('shell.find') } }}
    >
      <div className={classes['input']}>
        <Icon name="search" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded
          aria-controls="palette-options"
          aria-autocomplete="list"
          aria-activedescendant={current ? idOf(current) : undefined}
          aria-label={t('shell.find')}
          placeholder={t('palette.placeholder')}
          value={words}
          onChange={(event) => {
            setWords(event.currentTarget.value)
            setAt(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        id="palette-options"
        ref={list}
        role="listbox"
        aria-label={t('palette.results')}
        className={classes['options']}
      >
        {choices.map((choice) => (
          <button
            type="button"
            tabIndex={-1}
            key={choice.id}
            id={idOf(choice)}
            role="option"
            aria-selected={choice === current}
            onMouseMove={() => setAt(choices.indexOf(choice))}
            onClick={() => choose(choice)}
          >
            <Icon name={choice.icon} />
            {choice.label}
            <small>{choice.hint}</small>
          </button>
        ))}
      </div>
      <div role="status" className={choices.length ? 'mantine-visually-hidden' : classes['none']}>
        {choices.length
          ? t('palette.count', { count: choices.length })
          : t(isLooking ? 'form.looking' : 'form.nothingFound')}
      </div>
    </Modal>
  )
}
