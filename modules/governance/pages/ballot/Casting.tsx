import { Button } from '@mantine/core'
import { Icon } from '@commonhall/ui'
import type { BoothProblem, Step } from '../voting/booth.ts'
import classes from './booth.module.css'
import styles from './casting.module.css'
import { useBeginning } from './ContestStep.tsx'
import { t } from './t.ts'

const steps: readonly Step[] = ['preparing', 'asking', 'sealing', 'casting']

interface CastingProps {
  /** What is done just now. */
  readonly step: Step
  readonly problem: BoothProblem | undefined
  /** Whether nobody knows if the ballot has arrived. */
  readonly isLost: boolean
  /** Where trying again may help. */
  readonly onAgain: (() => void) | undefined
  /** Back to where one was. */
  readonly onBack: (() => void) | undefined
}

/** What went wrong, and what to do. */
function Wrong({ problem, isLost, onAgain, onBack }: CastingProps & { problem: BoothProblem }) {
  return (
    <div className={styles['wrong']} role="alert">
      <h3>
        <Icon name="warning" size={16} /> {t(isLost ? 'casting.lost' : 'casting.refused')}
      </h3>
      <p>{isLost ? t('casting.lostText') : problem.message}</p>
      <div>
        {onAgain ? (
          <Button size="md" onClick={onAgain}>
            {t('casting.again')}
          </Button>
        ) : null}
        {onBack ? (
          <Button variant="default" size="md" onClick={onBack}>
            {t('casting.back')}
          </Button>
        ) : null}
      </div>
    </div>
  )
}

/** How far the ballot has come, step by step in plain words. */
export function Casting(props: CastingProps) {
  const { step, problem } = props
  const heading = useBeginning<HTMLHeadingElement>()
  const at = steps.indexOf(step)
  return (
    <section className={classes['step']} aria-labelledby="casting" aria-busy={!problem}>
      <h2 id="casting" ref={heading} tabIndex={-1}>
        {t(problem ? 'casting.stuck' : 'casting.title')}
      </h2>
      {problem ? null : <p className={classes['rule']}>{t('casting.stay')}</p>}
      <ol className={styles['progress']} aria-live="polite">
        {steps.map((one, index) => {
          const how = index < at ? 'done' : index === at ? 'now' : 'later'
          return (
            <li key={one} data-how={problem && how === 'now' ? 'stuck' : how}>
              <span aria-hidden>{how === 'done' ? <Icon name="check" size={14} /> : index + 1}</span>
              <span>
                {t(`casting.${one}`)} <span className="mantine-visually-hidden">({t(`casting.${how}`)})</span>
              </span>
            </li>
          )
        })}
      </ol>
      {problem ? <Wrong {...props} problem={problem} /> : null}
    </section>
  )
}
