import { say, spokenDate, spokenHours, spokenMoney, spokenRate } from '@commonhall/kernel'

/** What an award gives, as it stands on a project. Decimal strings; null is no limit. */
export interface AwardTerms {
  readonly award_hours: string | null
  readonly award_amount: string | null
  readonly award_expires_on: string | null
  readonly rates: readonly { readonly classification: string; readonly rate: string }[]
}

/** The terms as one sentence, the same for everybody who is told. */
export function termsInWords({ rates, award_hours, award_amount, award_expires_on }: AwardTerms): string {
  const words = rates.map(({ classification, rate }) =>
    say('market-recovery:offer.rate', { classification, rate: spokenRate(rate) }),
  )
  const most = [
    ...(award_hours === null ? [] : [say('market-recovery:offer.most_hours', { hours: spokenHours(award_hours) })]),
    ...(award_amount === null ? [] : [say('market-recovery:offer.most_amount', { amount: spokenMoney(award_amount) })]),
    ...(award_expires_on === null ? [] : [say('market-recovery:offer.until', { day: spokenDate(award_expires_on) })]),
  ]
  return `${[...words, ...most].join('; ')}.`
}
