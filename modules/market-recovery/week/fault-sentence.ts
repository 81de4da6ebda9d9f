import { type FieldError, say, spokenDate } from '@commonhall/kernel'
import type { Fault } from './week-days.ts'

/** What is wrong, in words, with its days as people say them. */
export const faultSentence = ({ path, code, params = {} }: Fault): FieldError => ({
  path,
  code,
  message: say(`market-recovery:hours.${code}`, Object.fromEntries(Object.entries(params).map(spoken))),
})

const spoken = ([name, value]: [string, unknown]): [string, unknown] => [
  name,
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? spokenDate(value) : value,
]
