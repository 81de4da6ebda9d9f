import { call, links, useOrg } from '@commonhall/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import classes from './results.module.css'
import { t } from './t.ts'

interface Vote {
  readonly decision: { readonly outcome: string; readonly sentences: readonly string[] } | null
}

/** What a secret vote decided about a proposal: quorum and majority, in words. */
export function Decision({ proposal }: { proposal: string }) {
  const org = useOrg()
  const { data } = useQuery({
    queryKey: ['org', org, 'record', 'proposals', proposal, 'vote'],
    queryFn: ({ signal }) => call<Vote>('GET', `/orgs/${org}/proposals/${proposal}/vote`, { signal }),
  })
  if (!data?.decision) return null
  return (
    <section className={classes['section']} aria-labelledby="decision">
      <h2 id="decision">{t('decision.title')}</h2>
      {data.decision.sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <p>
        <Link {...links.record(org, 'proposals', proposal)}>{t('decision.proposal')}</Link>
      </p>
    </section>
  )
}
