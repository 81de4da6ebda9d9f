import { say, spokenDate } from '@commonhall/kernel'

/** What an award gives, as it stands on a project. Decimal strings; null is no limit. */
export interface AwardTerms {
  readonly award_hours: string | null
  readonly award_amount: string | null
  readonly award_expires_on: string | null
  readonly rates: readonly { readonly classification: string; readonly rate: string }[]
}

/** Thousands apart, and no zeros that say nothing behind the cents: `1,500.00`, `9.2525`. */
export function grouped(amount: string): string {
  const [whole = '0', fraction = ''] = amount.split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`
}

/** The terms as one sentence, the same for everybody who is told. */
export function termsInWords({ rates, award_hours, award_amount, award_expires_on }: AwardTerms): string {
  const words = rates.map(({ classification, rate }) =>
    say('market-recovery:offer.rate', { classification, rate: grouped(rate) }),
  )
  const most = [
    ...(award_hours === null ? [] : [say('market-recovery:offer.most_hours', { hours: grouped(award_hours) })]),
    ...(award_amount === null ? [] : [say('market-recovery:offer.most_amount', { amount: grouped(award_amount) })]),
    ...(award_expires_on === null ? [] : [say('market-recovery:offer.until', { day: spokenDate(award_expires_on) })]),
  ]
  return `${[...words, ...most].join('; ')}.`
}
