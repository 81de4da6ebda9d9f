import type { Field } from '@commonhall/kernel'
import { formatValue } from '../fields/format.ts'
import { t } from '../say.ts'
import type { Asked } from './search.ts'

/** What a set filter asks, in a few words for its chip; empty when nothing is asked. */
export function filterSummary(field: Field, asked: Asked, module: string): string {
  const show = (value: string) => formatValue(field, value, t('list.chosenRecord'), module)
  if (asked.empty) return asked.empty === 'true' ? t('list.isEmpty') : t('list.isFilled')
  if (asked.contains) return t('list.containing', { words: asked.contains })
  if (field.kind === 'yes_no' && asked.eq) return asked.eq === 'true' ? t('value.yes') : t('value.no')
  if ((field.kind === 'choice' || field.kind === 'tags') && asked.eq) {
    return asked.eq.split(',').map(show).join(', ')
  }
  if (asked.eq) return show(asked.eq)
  const [from, until] = [asked.gte ?? asked.gt, asked.lte ?? asked.lt]
  if (from && until) return t('list.between', { from: show(from), until: show(until) })
  if (from) return t('list.from', { from: show(from) })
  return until ? t('list.until', { until: show(until) }) : ''
}
