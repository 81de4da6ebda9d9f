import { Input } from '@mantine/core'
import { type KeyboardEvent, useRef, useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { common, type ControlProps } from './control.ts'
import classes from './fields.module.css'
import { together, wordsIn } from './tag-words.ts'
import './words.ts'

interface ChosenProps {
  word: string
  disabled: boolean
  onRemove: () => void
}

const Chosen = ({ word, disabled, onRemove }: ChosenProps) => (
  <span className={classes['chip']} role="listitem">
    {word}
    {disabled ? null : (
      <button
        type="button"
        className={classes['remove']}
        aria-label={t('tags.remove', { tag: word })}
        onClick={onRemove}
      >
        <Icon name="close" size={12} />
      </button>
    )}
  </span>
)

/** What was typed and chosen of a control of tags. */
function useTags({ value, onChange, field }: ControlProps) {
  const words = Array.isArray(value) ? (value as readonly string[]) : []
  const [text, setText] = useState('')
  const [news, setNews] = useState('')
  const set = (next: readonly string[]) => onChange(next.length || field.required ? next : '')
  const add = (typed: string) => {
    const more = wordsIn(typed)
    setText('')
    if (!more.length) return
    set(together(words, more))
    setNews(t('tags.added', { tag: more.join(', ') }))
  }
  const remove = (word: string) => {
    set(words.filter((one) => one !== word))
    setNews(t('tags.removed', { tag: word }))
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const last = words.at(-1)
    if ((event.key === 'Enter' || event.key === ',') && !event.nativeEvent.isComposing) {
      // With nothing typed, Enter is the form's.
      if (text.trim() || event.key === ',') event.preventDefault()
      add(text)
    } else if (event.key === 'Backspace' && !text && last) remove(last)
  }
  return { words, text, setText, news, add, remove, press }
}

/** A few short words: Enter or comma ends one, Backspace takes the last away, each has a button that does too. */
export function TagsControl(props: ControlProps) {
  const { id, label, description, error, disabled, required } = common(props)
  const { words, text, setText, news, add, remove, press } = useTags(props)
  const input = useRef<HTMLInputElement>(null)
  return (
    <Input.Wrapper
      id={id}
      label={label}
      required={required}
      error={error}
      errorProps={{ id: `${id}-error` }}
      description={[description, t('tags.hint')].filter(Boolean).join(' ')}
      descriptionProps={{ id: `${id}-hint` }}
    >
      <Input component="div" multiline error={!!error} disabled={disabled} onClick={() => input.current?.focus()}>
        <span className={classes['typing']}>
          <span role="list" aria-label={label} className={classes['chips']}>
            {words.map((word) => (
              <Chosen
                key={word}
                word={word}
                disabled={disabled}
                onRemove={() => {
                  remove(word)
                  input.current?.focus()
                }}
              />
            ))}
          </span>
          <input
            ref={input}
            id={id}
            name={id}
            className={classes['word']}
            value={text}
            disabled={disabled}
            autoComplete="off"
            aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
            aria-invalid={!!error}
            enterKeyHint="enter"
            placeholder={words.length ? '' : t('tags.add')}
            onKeyDown={press}
            // A phone's keyboard and the clipboard bring commas without a key.
            onChange={({ currentTarget: { value } }) => (/[,\r\n]/.test(value) ? add(value) : setText(value))}
            onBlur={() => add(text)}
          />
        </span>
      </Input>
      <span className="mantine-visually-hidden" role="status">
        {news}
      </span>
    </Input.Wrapper>
  )
}
