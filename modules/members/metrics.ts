import { defineMetric, type Tables } from '@commonhall/kernel'
import type { Context } from '@commonhall/kernel'

type State = Tables['members.member']['state'] extends { __select__: infer S } ? S : never

const countOf = (state: State) => async (ctx: Context) => {
  const row = await ctx.db
    .selectFrom('members.member')
    .select((e) => e.fn.countAll().as('n'))
    .where('state', '=', state)
    .where('archived_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

export const activeMembers = defineMetric('members.active', {
  label: 'Active members',
  rule: 'members.member.create',
  unit: 'count',
  leadsTo: 'members?filter[state]=active',
  value: countOf('active'),
})

export const applicants = defineMetric('members.applicants', {
  label: 'Applicants waiting',
  rule: 'members.member.create',
  unit: 'count',
  leadsTo: 'members?filter[state]=applicant',
  value: countOf('applicant'),
})
