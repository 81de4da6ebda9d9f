import { say } from '@commonhall/kernel'
import { t } from '../t.ts'

type Row = Readonly<Record<string, unknown>>

/** What is chosen so far, as far as it is known. */
export interface Chosen {
  readonly program?: Row | undefined
  readonly contractor?: Row | undefined
  readonly project?: Row | undefined
  /** Assignments of the same member to the same contractor in the same program. */
  readonly others?: readonly Row[] | undefined
  readonly from: string
  readonly until: string
}

const sentence = (code: string, params: Record<string, unknown> = {}) =>
  say(`market-recovery:assignment.${code}`, params)

function ofContractor({ contractor, from }: Chosen, day: (on: string) => string): string[] {
  if (!contractor) return []
  const { name, state, signatory } = contractor
  const over = contractor['agreement_until_on']
  if (contractor['archived_at'] || state === 'suspended') return [sentence('contractor_suspended', { name })]
  if (signatory === false) return [sentence('not_signatory', { name })]
  return typeof over === 'string' && over < from ? [sentence('agreement_over', { name, on: day(over) })] : []
}

function ofProject({ project, contractor }: Chosen): string[] {
  if (!project) return []
  const { name } = project
  if (contractor && project['contractor'] !== contractor['id']) return [sentence('other_contractor', { name })]
  if (['denied', 'lost', 'closed'].includes(String(project['state']))) return [sentence('project_over', { name })]
  return project['prevailing_wage'] === 'federal' ? [t('assignment.federal', { project: name })] : []
}

const meets = (from: string, until: string, other: Row) =>
  String(other['from_on']) <= (until || '9999') && from <= String(other['until_on'] ?? '9999')

/**
 * Why an assignment would be refused, as far as one can tell before it is sent. The server has the last word; these are
 * its own sentences.
 */
export function objectionsTo(chosen: Chosen, day: (on: string) => string): string[] {
  const { program, others = [], from, until } = chosen
  const state = String(program?.['state'])
  const overlap = others.find((other) => other['state'] !== 'cancelled' && from && meets(from, until, other))
  return [
    ...(from && until && until < from ? [sentence('dates_reversed')] : []),
    ...ofContractor(chosen, day),
    ...(['completed', 'cancelled'].includes(state)
      ? [sentence('program_over', { name: program?.['name'], state })]
      : []),
    ...ofProject(chosen),
    ...(overlap
      ? [
          t('assignment.overlap', {
            number: overlap['number'],
            from: day(String(overlap['from_on'])),
            until: overlap['until_on'] ? day(String(overlap['until_on'])) : t('assignment.openEnd'),
          }),
        ]
      : []),
  ]
}
