import { type Contest, mostOf, nameOf, pointsOf, wayOf } from './contest.ts'
import { isBlank, type Mark, sumOf } from './marks.ts'
import { t } from './t.ts'

/** How a contest is marked, in a sentence. */
export function ruleOf(contest: Contest): string {
  const most = mostOf(contest)
  const isAll = most >= contest.candidates.length
  switch (wayOf(contest)) {
    case 'one':
      return t(contest.method === 'yes-no' ? 'rule.yesNo' : 'rule.one')
    case 'several':
      return isAll ? t('rule.all') : t('rule.several', { count: most })
    case 'ranks':
      return isAll ? t('rule.ranks') : t('rule.ranksUpTo', { count: most })
    case 'score':
      return t('rule.score', { points: pointsOf(contest) })
    default:
      return t('rule.share', { points: pointsOf(contest) })
  }
}

/** What is marked so far, in a few words. */
export function soFar(contest: Contest, mark: Mark): string {
  if (isBlank(mark)) return t('so.blank')
  const most = mostOf(contest)
  switch (wayOf(contest)) {
    case 'one':
      return t('so.one', { name: nameOf(contest, mark.chosen[0] ?? '') })
    case 'several':
      return t('so.several', { count: mark.chosen.length, most })
    case 'ranks':
      return t('so.ranked', { count: mark.chosen.length, most })
    case 'score':
      return t('so.scored', { count: Object.keys(mark.points).length, most: contest.candidates.length })
    default:
      return t('so.left', { count: pointsOf(contest) - sumOf(mark), most: pointsOf(contest) })
  }
}
