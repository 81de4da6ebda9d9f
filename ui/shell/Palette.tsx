import { Modal } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { useFocusBack } from '../parts/use-focus-back.ts'
import { t } from '../say.ts'
import classes from './sheet.module.css'
import { type Choice, useCommands, useRecords } from './palette-choices.ts'

const idOf = (choice: Choice) => `palette-${choice.id}`

interface OptionsProps {
  choices: readonly Choice[]
  current: Choice | undefined
  onPoint: (choice: Choice) => void
  onChoose: (choice: Choice) => void
}

/** What can be chosen. The focus stays in the field; which one is current is told by its id. */
function Options({ choices, current, onPoint, onChoose }: OptionsProps) {
  useEffect(() => {
    if (current) document.getElementById(idOf(current))?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <div id="palette-options" role="listbox" aria-label={t('palette.results')} className={classes['options']}>
      {choices.map((choice) => (
        <button
          type="button"
          tabIndex={-1}
          key={choice.id}
          id={idOf(choice)}
          role="option"
          aria-selected={choice === current}
          onMouseMove={() => onPoint(choice)}
          onClick={() => onChoose(choice)}
        >
          <Icon name={choice.icon} />
          {choice.label}
          <small>{choice.hint}</small>
        </button>
      ))}
    </div>
  )
}

interface FieldProps {
  words: string
  current: Choice | undefined
  onType: (words: string) => void
  onKeyDown: (event: KeyboardEvent) => void
}

const Field = ({ words, current, onType, onKeyDown }: FieldProps) => (
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
      onChange={(event) => onType(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  </div>
)

/** Which of so many is current, and how the arrow keys move it. */
function useCurrent(count: number) {
  const [wanted, setAt] = useState(0)
  const at = Math.min(wanted, Math.max(0, count - 1))
  return { at, setAt, move: (step: number) => setAt((at + step + count) % Math.max(1, count)) }
}

/** Goes anywhere and finds any record, by typing: a combobox, so that a screen reader follows along. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate()
  useFocusBack()
  const [words, setWords] = useState('')
  const [settled] = useDebouncedValue(words.trim(), 140)
  const commands = useCommands(words)
  const { records, isLooking } = useRecords(settled)
  const choices = words.trim() ? [...commands.slice(0, 6), ...records] : commands
  const { at, setAt, move } = useCurrent(choices.length)
  const current = choices[at]
  const type = (next: string) => {
    setWords(next)
    setAt(0)
  }
  const choose = (choice: Choice | undefined) => {
    if (!choice) return
    onClose()
    void navigate(choice.to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) move(step)
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
      <Field words={words} current={current} onType={type} onKeyDown={onKeyDown} />
      <Options
        choices={choices}
        current={current}
        onPoint={(choice) => setAt(choices.indexOf(choice))}
        onChoose={choose}
      />
      <div role="status" className={choices.length ? 'mantine-visually-hidden' : classes['none']}>
        {choices.length
          ? t('palette.count', { count: choices.length })
          : t(isLooking ? 'form.looking' : 'form.nothingFound')}
      </div>
    </Modal>
  )
}
