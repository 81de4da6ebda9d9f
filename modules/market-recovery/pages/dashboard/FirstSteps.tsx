import { Button } from '@mantine/core'
import { Icon, links, listQuery, useCatalog, useOrg } from '@commonhall/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import shared from '../pages.module.css'
import { t } from '../t.ts'
import classes from './dashboard.module.css'

interface Step {
  readonly name: 'scale' | 'contractor' | 'program' | 'assignment'
  readonly path: string
  readonly isDone: boolean
}

function useCount(path: string) {
  const { data } = useInfiniteQuery(listQuery(useOrg(), path, {}, 1))
  return data?.pages[0]?.total
}

/** What must be there before the first hour, and which of it is. */
export function useSteps(): { all: readonly Step[]; isKnown: boolean } {
  const counts = [useCount('scales'), useCount('contractors'), useCount('programs'), useCount('assignments')]
  const names = ['scale', 'contractor', 'program', 'assignment'] as const
  return {
    all: names.map((name, index) => ({ name, path: `${name}s`, isDone: (counts[index] ?? 0) > 0 })),
    isKnown: counts.every((count) => count !== undefined),
  }
}

/** An org that begins is led from one record to the next. */
export function FirstSteps({ steps }: { steps: readonly Step[] }) {
  const org = useOrg()
  const { resources } = useCatalog()
  const next = steps.find(({ isDone }) => !isDone)
  return (
    <section className={shared['section']} aria-labelledby="steps">
      <h2 id="steps">{t('dashboard.steps')}</h2>
      <p className={shared['quiet']}>{t('dashboard.stepsText')}</p>
      <ol className={classes['steps']}>
        {steps.map(({ name, path, isDone }) => (
          <li key={name} data-done={isDone || undefined}>
            <span className={classes['tick']}>{isDone ? <Icon name="check" size={16} /> : null}</span>
            <span>
              <b>{t(`dashboard.step.${name}`)}</b>
              {isDone ? <span className="mantine-visually-hidden"> ({t('dashboard.done')})</span> : null}
              <br />
              <span data-quiet>{t(`dashboard.step.${name}Text`)}</span>
            </span>
            {isDone || resources[`market-recovery.${name}`]?.permissions.create !== true ? null : (
              <Button
                variant={next?.name === name ? 'filled' : 'default'}
                renderRoot={(props) => <Link {...links.create(org, path)} {...props} />}
              >
                {t(`dashboard.step.${name}`)}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
