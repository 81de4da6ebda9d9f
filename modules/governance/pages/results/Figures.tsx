import { formatCount } from '@commonhall/ui'
import classes from './results.module.css'
import { t } from './t.ts'
import type { Counters } from './wire.tsx'

/** In whole percent, rounded down: 100 means everybody. */
const share = (part: number, whole: number) => (whole ? Math.floor((part * 100) / whole) : 0)

/** Every ballot, accounted for. What there is none of is left out, but for what everybody looks for. */
export function Figures({ counters }: { counters: Counters }) {
  const { eligible, issued, cast, paper_counted: paper, challenged } = counters
  const voted = cast + paper
  const split = { accepted: counters.challenged_accepted, rejected: counters.challenged_rejected, count: challenged }
  const figures = [
    ['eligible', eligible, true],
    ['voted', voted, true],
    ['online', cast, paper > 0],
    ['paper', paper, paper > 0],
    ['void', counters.void, counters.void > 0],
    ['spoiled', counters.spoiled, counters.spoiled > 0],
    ['unused', issued - cast, issued > cast],
  ] as const
  return (
    <section className={classes['section']} aria-labelledby="figures">
      <h2 id="figures">{t('figures.title')}</h2>
      <dl className={classes['figures']}>
        <div>
          <dt>{t('figures.turnout')}</dt>
          <dd>{t('figures.percent', { percent: share(voted, eligible) })}</dd>
        </div>
        {figures.map(([name, count, isShown]) =>
          isShown ? (
            <div key={name}>
              <dt>{t(`figures.${name}`)}</dt>
              <dd>{formatCount(count)}</dd>
            </div>
          ) : null,
        )}
        {challenged ? (
          <div>
            <dt>{t('figures.challenged')}</dt>
            <dd>{t('figures.challengedOf', split)}</dd>
          </div>
        ) : null}
      </dl>
    </section>
  )
}
