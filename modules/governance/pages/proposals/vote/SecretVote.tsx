import { Button } from '@mantine/core'
import { Icon, links, recordQuery, type Row, useOrg } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMine } from '../../elections/Mine.tsx'
import { Turnout } from '../../elections/Turnout.tsx'
import classes from '../proposals.module.css'
import box from './vote.module.css'
import { t } from '../t.ts'

function Ballot({ election }: { election: Row }) {
  const org = useOrg()
  const mine = useMine(election)
  const isCounted = !!election['seal']
  const way = isCounted ? 'results' : mine?.canVote ? 'ballot' : undefined
  return (
    <section className={classes['note']} data-tone={mine?.canVote ? 'new' : undefined} aria-labelledby="secret">
      <h2 id="secret">{t('secret.title')}</h2>
      {mine?.text ? (
        <p className={box['said']}>
          {mine.tone === 'good' ? <Icon name="check" size={16} /> : null} <span>{mine.text}</span>
        </p>
      ) : null}
      {election['state'] === 'voting' ? <p className={classes['quiet']}>{t('secret.text')}</p> : null}
      {election['state'] === 'counting' && !isCounted ? <p>{t('secret.counting')}</p> : null}
      {way ? (
        <Button
          size="md"
          mt="sm"
          variant={way === 'ballot' ? 'filled' : 'default'}
          renderRoot={(props) => <Link {...links.page(org, `elections/${election.id}/${way}`)} {...props} />}
        >
          {t(`secret.${way}`)}
        </Button>
      ) : null}
    </section>
  )
}

/** A secret vote is held as an election: the way to the ballot and turnout while it is open, then to the result. */
export function SecretVote({ election }: { election: string }) {
  const { data: row } = useQuery(recordQuery(useOrg(), 'elections', election))
  if (!row) return null
  return (
    <>
      <Ballot election={row} />
      <Turnout row={row} />
    </>
  )
}
