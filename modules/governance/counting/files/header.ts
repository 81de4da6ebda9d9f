import type { Rules } from '../rules.ts'
import type { Refuse } from './refuse.ts'

/** What stands in the columns behind the count: ranks or choices, one after the other, or points, one column a name. */
export type Kind = 'ranks' | 'points'

export const kindOf = ({ method }: Rules): Kind => (method === 'score' || method === 'cumulative' ? 'points' : 'ranks')

/** Checks the first row; the names of the columns behind the count. */
export function readHeader(line: string, rules: Rules, refuse: Refuse): readonly string[] {
  const [count = '', ...columns] = splitRow(line, refuse)
  const no = (column: number, found: string, expected: string) => refuse('header', { column, found, expected })
  if (count.trim() !== 'count') return no(1, count, 'count')
  if (kindOf(rules) === 'points') {
    const known = [...rules.candidates, ...rules.excluded_candidates, rules.undeclared_write_ins.name]
    for (const [index, name] of columns.entries()) {
      if (!known.includes(name)) return refuse('candidate_column', { column: index + 2, found: name })
      if (columns.indexOf(name) !== index) return no(index + 2, name, known.join(', '))
    }
    return columns
  }
  const isRanked = /^(irv|stv|bottoms-up)/.test(rules.method)
  for (const [index, name] of columns.entries()) {
    const expected = [`rank${index + 1}`, ...(isRanked ? [] : [`choice${index + 1}`])]
    if (!expected.includes(name.trim())) return no(index + 2, name, expected.join(', '))
  }
  return columns.length ? columns.map((name) => name.trim()) : no(2, '', isRanked ? 'rank1' : 'choice1')
}

/** The values of one row, without their quotation marks. */
export function splitRow(line: string, refuse: Refuse): string[] {
  const values = [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))(?=,|$)/g)]
  const length = values.reduce((sum, [whole]) => sum + whole.length, 0)
  if (length !== line.length) refuse('quote', { row: 1, column: values.length + 1 })
  return values.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}
