import { CreatePage, EditPage, type KnownResource } from '@commonhall/ui'
import { useParams } from '@tanstack/react-router'
import classes from './proposals.module.css'
import { t } from './t.ts'

const steps = ['draft', 'discussion', 'vote', 'decided'] as const

/** What becomes of it once it is saved: said before anybody wonders who will read it. */
const Steps = () => (
  <aside className={classes['steps']} aria-labelledby="steps">
    <h2 id="steps">{t('form.title')}</h2>
    <ol>
      {steps.map((step) => (
        <li key={step}>{t(`form.${step}`)}</li>
      ))}
    </ol>
  </aside>
)

/** Writing a proposal: the text has the room that it needs. */
export default function ProposalFormPage({ resource }: { resource: KnownResource }) {
  const { id } = useParams({ strict: false })
  return (
    <div className={classes['writing']}>
      {id ? <EditPage resource={resource} /> : <CreatePage resource={resource} Beside={Steps} />}
    </div>
  )
}
