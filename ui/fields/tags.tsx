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

/**
 * What was typed and chosen of a control of tags. A word that is still being typed counts already, and becomes a chip
 * with Enter or comma alone: if leaving made it one, what stands below would move away under the pointer.
 */
function useTags({ value, onChange, field }: ControlProps) {
  const given = Array.isArray(value) ? (value as readonly string[]) : []
  const [words, setWords] = useState(given)
  const [text, setText] = useState('')
  const [news, setNews] = useState('')
  // Somebody else's values, or what was on the screen before.
  if (together(words, wordsIn(text)).join() !== together(given, []).join()) {
    setWords(given)
    setText('')
  }
  const set = (chosen: readonly string[], typed: string) => {
    const all = together(chosen, wordsIn(typed))
    setWords(chosen)
    setText(typed)
    onChange(all.length || field.required ? all : '')
  }
  const type = (typed: string) => {
    // A phone's keyboard and the clipboard bring commas without a key.
    if (/[,\r\n]/.test(typed)) add(typed)
    else set(words, typed)
  }
  const add = (typed: string) => {
    const more = wordsIn(typed)
    set(together(words, more), '')
    if (more.length) setNews(t('tags.added', { tag: more.join(', ') }))
  }
  const remove = (word: string) => {
    set(
      words.filter((one) => one !== word),
      text,
    )
    setNews(t('tags.removed', { tag: word }))
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const last = words.at(-1)
    if ((event.key === 'Enter' || event.key === ',') && !event.nativeEvent.isComposing) {
      // With nothing typed, Enter is the form's.
      if (text.trim() || event.key === ',') event.preventDefault()
      if (text.trim()) add(text)
    } else if (event.key === 'Backspace' && !text && last) remove(last)
  }
  return { words, text, news, type, remove, press }
}

/** What has just been done, for those who do not see it. */
const News = ({ text }: { text: string }) => (
  <span className="mantine-visually-hidden" role="status">
    {text}
  </span>
)

/** A few short words: Enter or comma ends one, Backspace takes the last away, each has a button that does too. */
export function TagsControl(props: ControlProps) {
  const { id, label, description, error, disabled, required } = common(props)
  const { words, text, news, type, remove, press } = useTags(props)
  const input = useRef<HTMLInputElement>(null)
  const dismiss = (word: string) => {
    remove(word)
    input.current?.focus()
  }
  return (
    <Input.Wrapper
      id={id}
      label={label}
      labelElement="div"
      labelProps={{ id: `${id}-label` }}
      required={required}
      error={error}
      errorProps={{ id: `${id}-error` }}
      description={[description, t('tags.hint')].filter(Boolean).join(' ')}
      descriptionProps={{ id: `${id}-hint` }}
    >
      <Input
        component="div"
        id={`${id}-box`}
        multiline
        error={!!error}
        disabled={disabled}
        onClick={() => input.current?.focus()}
      >
        <span className={classes['typing']}>
          <span role="list" aria-label={t('tags.chosen', { label })} className={classes['chips']}>
            {words.map((word) => (
              <Chosen key={word} word={word} disabled={disabled} onRemove={() => dismiss(word)} />
            ))}
          </span>
          <input
            ref={input}
            id={id}
            name={id}
            aria-labelledby={`${id}-label`}
            className={classes['word']}
            value={text}
            disabled={disabled}
            autoComplete="off"
            aria-describedby={error ? `${id}-hint ${id}-error` : `${id}-hint`}
            aria-invalid={!!error}
            enterKeyHint="enter"
            placeholder={words.length ? '' : t('tags.add')}
            onKeyDown={press}
            onChange={(event) => type(event.currentTarget.value)}
          />
        </span>
      </Input>
      <News text={news} />
    </Input.Wrapper>
  )
}
