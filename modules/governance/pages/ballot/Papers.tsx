import { Button } from '@mantine/core'
import { links, State, useOrg } from '@commonhall/ui'
import { Link } from '@tanstack/react-router'
import type { BallotPage, Paper } from '../voting/ballot-page.ts'
import type { KeptBallot } from '../voting/booth.ts'
import classes from './booth.module.css'
import { t } from './t.ts'

/** A paper, with what this device keeps of it. */
export interface Held {
  readonly paper: Paper
  readonly kept: KeptBallot | null
}

/** Whether there is something to do with it here: it can be taken, or was begun on this device. */
export const isOpen = ({ paper, kept }: Held): boolean => paper.can || (kept !== null && kept.stage !== 'cast')

/** One of several papers: whose, what has become of it, or the way to it. */
function PaperLine({ page, held }: { page: BallotPage; held: Held }) {
  const org = useOrg()
  const { paper, kept } = held
  const address = links.page(org, `elections/${page.election}/ballot`, { for: paper.voter })
  return (
    <li>
      <span>{paper.name}</span>
      {isOpen(held) ? (
        <Button
          aria-label={t(kept ? 'papers.goOnFor' : 'papers.voteFor', { name: paper.name })}
          renderRoot={(props) => <Link {...address} {...props} />}
        >
          {t(kept ? 'papers.goOn' : 'papers.vote')}
        </Button>
      ) : paper.taken === 'none' ? (
        <small>{paper.why_not}</small>
      ) : (
        <State tone={paper.taken === 'challenged' ? 'warn' : 'good'}>{t(`papers.${paper.taken}`)}</State>
      )}
    </li>
  )
}

/** Everybody for whom one may vote here. */
export const Papers = ({ page, held, title }: { page: BallotPage; held: readonly Held[]; title: string }) => (
  <section className={classes['papers']} aria-labelledby="papers">
    <h2 id="papers">{title}</h2>
    <ul>
      {held.map((one) => (
        <PaperLine key={one.paper.voter} page={page} held={one} />
      ))}
    </ul>
  </section>
)
