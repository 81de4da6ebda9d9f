import { Button } from '@mantine/core'
import { field } from '@commonhall/kernel'
import { ActDialog, call, refresh, type Row, toast, useOrg } from '@commonhall/ui'
import { useState } from 'react'
import classes from '../elections.module.css'
import { t } from '../t.ts'

const asks = {
  'challenged-ballots': () => ({
    number: field.text({ required: true, max: 40, label: t('paper.envelopeNumber') }),
    name: field.text({ required: true, max: 120, label: t('paper.name'), help: t('paper.envelopeText') }),
    reason: field.text({ required: true, min: 3, max: 300, label: t('paper.reason') }),
  }),
  'spoiled-papers': () => ({
    number: field.text({ required: true, max: 40, label: t('paper.number') }),
    reason: field.text({
      required: true,
      min: 3,
      max: 500,
      label: t('paper.reason'),
      help: t('paper.kindHelp.spoiled'),
    }),
  }),
}

/** While voting is open: envelopes of those who are challenged, and papers that were spoiled and replaced. */
export function Envelopes({ election }: { election: Row }) {
  const org = useOrg()
  const [asking, setAsking] = useState<keyof typeof asks>()
  const isOpen = election['state'] === 'voting'
  const label = t(asking === 'spoiled-papers' ? 'paper.spoiledTitle' : 'paper.envelopeTitle')
  return (
    <div className={classes['acts']} style={{ paddingBottom: '1.1rem' }}>
      {isOpen ? (
        <Button variant="default" onClick={() => setAsking('challenged-ballots')}>
          {t('paper.envelope')}
        </Button>
      ) : null}
      <Button variant="default" onClick={() => setAsking('spoiled-papers')}>
        {t('paper.spoiled')}
      </Button>
      {asking ? (
        <ActDialog
          act={{ name: asking, label, from: [], to: '', asks: asks[asking]() }}
          module="governance"
          onClose={() => setAsking(undefined)}
          onAct={async (asked) => {
            await call('POST', `/orgs/${org}/elections/${election.id}/${asking}`, { body: asked })
            toast(t('paper.done'))
            void refresh(org)
          }}
        />
      ) : null}
    </div>
  )
}
