import { Button } from '@mantine/core'
import {
  formatInstant,
  Icon,
  type KnownResource,
  links,
  recordQuery,
  type Row,
  State,
  useOrg,
  Value,
} from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { MineLine, useMine } from '../elections/Mine.tsx'
import { type MyState, myState } from './my-state.ts'
import classes from './proposals.module.css'
import { nameOf, voteQuery } from './queries.tsx'
import { t } from './t.ts'

const on = (row: Row, name: string) => (row[name] ? formatInstant(String(row[name])) : '')

/** Where it stands, with the day that matters now. */
function whenOf(row: Row): string {
  const state = String(row['state'])
  if (state === 'voting')
    return t(row['way'] === 'secret' ? 'line.secretUntil' : 'line.until', { when: on(row, 'closes_at') })
  if (state === 'decided') return t('line.decided', { when: on(row, 'decided_at') })
  if (state === 'discussion' && row['opens_at']) return t('line.opens', { when: on(row, 'opens_at') })
  if (state === 'discussion' && row['discussion_at'])
    return t('line.discussionSince', { when: on(row, 'discussion_at') })
  return t(`line.${state as 'draft'}`)
}

/** Whether I have voted in a roll call, how, and until when I can. */
const MyRollCall = ({ mine }: { mine: MyState }) => {
  return (
    <p>
      {mine.tone === 'good' ? (
        <span className={classes['done']}>
          <Icon name="check" size={15} /> {mine.text}
        </span>
      ) : mine.tone === 'new' ? (
        <State tone="new">{mine.text}</State>
      ) : (
        <span data-quiet>{mine.text}</span>
      )}
    </p>
  )
}

const Secretly = ({ election }: { election: Row }) => <MineLine mine={useMine(election)} />

/** The same of a secret vote, which says whether I have voted, never how. */
function MySecretVote({ id }: { id: string }) {
  const { data: election } = useQuery(recordQuery(useOrg(), 'elections', id))
  return election ? <Secretly election={election} /> : null
}

/** A proposal in the list: what it is, where it stands, and what that means for me. */
export function ProposalLine({ resource, row }: { resource: KnownResource; row: Row }) {
  const org = useOrg()
  const isOpen = row['state'] === 'voting'
  const isDecided = row['state'] === 'decided'
  const name = isDecided ? 'outcome' : 'state'
  const field = resource.fields[name]
  const author = nameOf(row, 'author', 'proposed_by', '')
  const title = `${String(row['number'])} ${String(row['title'])}`
  const { data: page } = useQuery({ ...voteQuery(org, row), enabled: isOpen || isDecided })
  const mine = page?.way === 'roll-call' ? myState(page, on(row, 'closes_at')) : undefined
  return (
    <li className={classes['line']}>
      <div>
        <h3>
          <Link {...links.record(org, resource.path, row.id)}>
            <span data-quiet>{String(row['number'])}</span> {String(row['title'])}
          </Link>
          {field && row[name] ? <Value field={field} name={name} row={row} module={resource.module} /> : null}
        </h3>
        <p data-quiet>
          {whenOf(row)}
          {author ? ` · ${t('by', { name: author })}` : null}
        </p>
        {mine ? <MyRollCall mine={mine} /> : null}
        {page?.election ? <MySecretVote id={page.election} /> : null}
      </div>
      {mine?.canVote || (isOpen && page?.election) ? (
        <Button
          variant="default"
          aria-label={`${t('vote')}: ${title}`}
          renderRoot={(props) => <Link {...links.record(org, resource.path, row.id)} {...props} />}
        >
          {t('vote')}
        </Button>
      ) : null}
    </li>
  )
}
