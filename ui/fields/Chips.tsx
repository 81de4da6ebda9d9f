import classes from './fields.module.css'

/** Short words, each in a frame of its own. */
export const Chips = ({ words }: { words: readonly string[] }) => (
  <span className={classes['chips']}>
    {words.map((word, index) => (
      <span key={word} className={classes['chip']}>
        {word}
        {/* Heard and copied, the words stay apart. */}
        {index < words.length - 1 ? <span className="mantine-visually-hidden">, </span> : null}
      </span>
    ))}
  </span>
)
