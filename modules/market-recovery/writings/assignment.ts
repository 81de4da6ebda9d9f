import { type Change, type Context, defineWriting, type FieldError, say } from '@commonhall/kernel'
import { assignment } from '../resources/assignment.ts'

type Given = Change<typeof assignment>

const fault = (path: string, code: string, params: Record<string, unknown> = {}): FieldError => ({
  path,
  code,
  message: say(`market-recovery:assignment.${code}`, params),
})

async function statesOf(ctx: Context, changes: readonly Given[]) {
  const ids = (name: 'contractor' | 'program' | 'project') => [
    ...new Set(changes.flatMap(({ was, next }) => (was ? [] : (next[name] ?? [])))),
  ]
  const [contractors, programs, projects] = [ids('contractor'), ids('program'), ids('project')]
  const found = async <Row extends { readonly id: string }>(wanted: readonly string[], rows: () => Promise<Row[]>) =>
    new Map(wanted.length ? (await rows()).map((row) => [row.id, row]) : [])
  return {
    contractors: await found(contractors, () =>
      ctx.db
        .selectFrom('market_recovery.contractor')
        .select(['id', 'name', 'state', 'signatory', 'agreement_until_on', 'archived_at'])
        .where('id', 'in', contractors)
        .execute(),
    ),
    programs: await found(programs, () =>
      ctx.db
        .selectFrom('market_recovery.program')
        .select(['id', 'name', 'state'])
        .where('id', 'in', programs)
        .execute(),
    ),
    projects: await found(projects, () =>
      ctx.db
        .selectFrom('market_recovery.project as j')
        .leftJoin('market_recovery.program as p', 'p.id', 'j.program')
        .select(['j.id', 'j.name', 'j.contractor', 'j.state', 'j.program', 'p.name as program_name'])
        .where('j.id', 'in', projects)
        .execute(),
    ),
  }
}

/** What stands against a new assignment: its contractor or its program takes none. Those there are stay as they are. */
function faultsOf({ was, next }: Given, known: Awaited<ReturnType<typeof statesOf>>): FieldError[] {
  const faults: FieldError[] = []
  if (next.until_on !== null && next.until_on < next.from_on) faults.push(fault('until_on', 'dates_reversed'))
  if (was) return faults
  const contractor = known.contractors.get(next.contractor)
  const program = known.programs.get(next.program)
  const project = next.project === null ? undefined : known.projects.get(next.project)
  if (contractor?.archived_at || contractor?.state === 'suspended')
    faults.push(fault('contractor', 'contractor_suspended', { name: contractor.name }))
  else if (contractor?.signatory === false) faults.push(fault('contractor', 'not_signatory', { name: contractor.name }))
  else if (contractor?.agreement_until_on && contractor.agreement_until_on < next.from_on)
    faults.push(fault('contractor', 'agreement_over', { name: contractor.name, on: contractor.agreement_until_on }))
  if (program && (program.state === 'completed' || program.state === 'cancelled'))
    faults.push(fault('program', 'program_over', { name: program.name, state: program.state }))
  if (project?.program && project.program !== next.program)
    faults.push(fault('program', 'other_program', { name: project.name, program: project.program_name }))
  if (project && project.contractor !== next.contractor)
    faults.push(fault('project', 'other_contractor', { name: project.name }))
  if (project && ['denied', 'lost', 'closed'].includes(project.state))
    faults.push(fault('project', 'project_over', { name: project.name }))
  return faults
}

/** Every assignment is looked at before it is written. */
export const assignmentWriting = defineWriting(assignment, async (ctx, changes) => {
  const known = await statesOf(ctx, changes)
  return changes.map((change) => {
    const errors = faultsOf(change, known)
    if (errors.length) return { errors }
    return { sets: change.was ? {} : { assigned_by: ctx.actor.userId } }
  })
})
