import { Icon, links, useOrg } from '@commonhall/ui'
import { Link } from '@tanstack/react-router'
import { t } from '../t.ts'
import classes from './office.module.css'
import { type Step, steps } from './steps.ts'

interface StepperProps {
  readonly id: string
  /** Where the election is, and what is looked at. */
  readonly now: Step
  readonly shown: Step
}

/** All steps of an election, each one click away. */
export function Stepper({ id, now, shown }: StepperProps) {
  const org = useOrg()
  const at = steps.indexOf(now)
  return (
    <nav className={classes['steps']} aria-label={t('office.steps')}>
      <ol>
        {steps.map((step, index) => (
          <li key={step} data-is={index < at ? 'done' : index === at ? 'now' : 'later'}>
            <Link
              {...links.page(org, `elections/${id}/office`, { step })}
              aria-current={step === shown ? 'step' : undefined}
            >
              <span className={classes['mark']}>{index < at ? <Icon name="check" size={14} /> : index + 1}</span>
              <span className={classes['label']}>{t(`office.step.${step}`)}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
