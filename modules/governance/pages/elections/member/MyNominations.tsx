import { Button } from '@mantine/core'
import { act, ActButton, resourceByPath, type Row, toastFailure, useCatalog, useOrg } from '@commonhall/ui'
import { useState } from 'react'
import classes from '../elections.module.css'
import { t } from '../t.ts'
import { StatementDialog } from './StatementDialog.tsx'

function MyNomination({ candidate, office }: { candidate: Row; office: string }) {
  const org = useOrg()
  const resource = resourceByPath(useCatalog(), 'candidates')
  const [isWriting, setWriting] = useState(false)
  const isAccepted = candidate['state'] === 'accepted'
  const answer = (name: string) =>
    resource ? void act(org, resource, candidate, name, {}).catch(toastFailure) : undefined
  const can = candidate.can ?? {}
  return (
    <section className={classes['note']} data-tone={isAccepted ? undefined : 'new'}>
      <h2>{t(isAccepted ? 'elections.answer.accepted' : 'elections.answer.title', { office })}</h2>
      <p>{t(isAccepted ? 'elections.answer.acceptedText' : 'elections.answer.text')}</p>
      <div className={classes['acts']}>
        {isAccepted ? null : (
          <>
            <ActButton allowed={can['accept']} onClick={() => answer('accept')}>
              {t('elections.answer.accept')}
            </ActButton>
            <ActButton variant="default" allowed={can['decline']} onClick={() => answer('decline')}>
              {t('elections.answer.decline')}
            </ActButton>
          </>
        )}
        {can['update'] === true ? (
          <Button variant="default" onClick={() => setWriting(true)}>
            {t(candidate['statement'] ? 'elections.editStatement' : 'elections.writeStatement')}
          </Button>
        ) : null}
        {isAccepted && can['withdraw'] === true ? (
          <Button variant="default" onClick={() => answer('withdraw')}>
            {t('elections.answer.withdraw')}
          </Button>
        ) : null}
      </div>
      {isWriting ? <StatementDialog candidate={candidate} onClose={() => setWriting(false)} /> : null}
    </section>
  )
}

interface MyNominationsProps {
  readonly contests: readonly Row[]
  readonly candidates: readonly Row[]
}

/** Where one stands, or is asked to. */
export function MyNominations({ contests, candidates }: MyNominationsProps) {
  const { own_record: me } = useCatalog().actor
  const mine = candidates.filter(
    ({ member, state }) => me && member === me && ['nominated', 'accepted'].includes(String(state)),
  )
  return mine.map((candidate) => (
    <MyNomination
      key={candidate.id}
      candidate={candidate}
      office={String(contests.find(({ id }) => id === candidate['contest'])?.['name'] ?? '')}
    />
  ))
}
