import { type Context, dayAfter, defineSeed, type SeedLink } from '@commonhall/kernel'
import { placesOf } from '../week/terms.ts'
import { hoursWorkflow } from '../workflows/hours.ts'
import { addBatches } from './demo-batches.ts'
import { addEvidence } from './demo-evidence.ts'
import { demoContractors, demoDays, type DemoDays, demoPrograms, demoScales } from './demo-places.ts'
import { demoProjects } from './demo-projects.ts'
import { type DemoPeople, type DemoWeek, demoWeeks } from './demo-weeks.ts'

/** Assignments at scale 1; each has up to half a year of weeks. */
const assignments = 60
/** How many rows one statement takes. */
const batch = 500

interface Named {
  readonly id: string
  readonly name: string
}

const idOf = (rows: readonly Named[], name: string) => rows.find((row) => row.name.startsWith(name))?.id ?? ''

async function addProjects(
  ctx: Context,
  days: DemoDays,
  contractors: readonly Named[],
  program: string,
  scale: number,
) {
  const wanted = demoProjects(days, program, scale)
  const made = await ctx.db
    .insertInto('market_recovery.project')
    .values(
      wanted.map(({ rates: _rates, contractor, ...row }) => ({ ...row, contractor: idOf(contractors, contractor) })),
    )
    .returning(['id', 'name'])
    .execute()
  const rates = wanted.flatMap(({ name, rates: given = {} }) =>
    Object.entries(given).map(([classification, rate]) => ({ project: idOf(made, name), classification, rate })),
  )
  await ctx.db.insertInto('market_recovery.award_rate').values(rates).execute()
  return made
}

/** Members who are at work, with the classification that the scale knows. */
const workers = (ctx: Context, count: number) =>
  ctx.db
    .selectFrom('members.member')
    .select(['id', 'classification'])
    .where('state', '=', 'active')
    .where('classification', 'in', ['Journeyman', 'Foreman', 'Apprentice 1', 'Apprentice 2', 'Apprentice 3'])
    .orderBy('card_number')
    .limit(count)
    .execute()

/** Below the scale, as the classification and the company have it. */
const rates: Readonly<Record<string, readonly string[]>> = {
  Journeyman: ['48.9125', '52.0000', '50.2500', '55.5000'],
  Foreman: ['58.0000', '61.7500', '60.0000', '64.0000'],
  'Apprentice 1': ['26.0000', '24.5000', '28.0000', '31.0000'],
  'Apprentice 2': ['31.5000', '30.0000', '33.2500', '34.0000'],
  'Apprentice 3': ['36.0000', '38.5000', '35.7500', '40.0000'],
}

async function addAssignments(
  ctx: Context,
  { today }: DemoDays,
  known: {
    contractors: readonly Named[]
    programs: readonly Named[]
    projects: readonly Named[]
    assignedBy: string | null
  },
  scale: number,
): Promise<string[]> {
  const people = await workers(ctx, assignments * scale)
  // The first six take assignments; the suspended one and the one that has not signed have none.
  const companies = known.contractors.slice(0, 6)
  const rows = people.map(({ id: member, classification }, n) => {
    const company = companies[n % companies.length] as Named
    const isResidential = n % 5 === 4
    const isOnPier = company.name === 'Sound Industrial' && n % 4 === 2
    const since = dayAfter(today, isResidential ? -400 + (n % 40) : -200 + ((n * 13) % 60))
    const until = isResidential ? dayAfter(today, -60) : n % 9 === 7 ? dayAfter(today, -40) : null
    return {
      member,
      contractor: company.id,
      program: idOf(known.programs, isResidential ? 'Residential' : 'Harbor'),
      project: isOnPier && !isResidential ? idOf(known.projects, 'Pier 4') : null,
      classification: classification ?? '',
      contractor_rate: rates[classification ?? '']?.[(n + (n >> 3)) % 4] ?? '50.0000',
      from_on: since,
      until_on: until,
      state: until ? ('ended' as const) : ('active' as const),
      assigned_by: known.assignedBy,
    }
  })
  const ids: string[] = []
  for (let from = 0; from < rows.length; from += batch) {
    const made = await ctx.db
      .insertInto('market_recovery.assignment')
      .values(rows.slice(from, from + batch))
      .returning('id')
      .execute()
    ids.push(...made.map(({ id }) => id))
  }
  return ids
}

async function addHours(ctx: Context, ids: readonly string[], people: DemoPeople): Promise<void> {
  let waiting: DemoWeek[] = []
  const write = async () => {
    if (waiting.length) await ctx.db.insertInto('market_recovery.hours').values(waiting).execute()
    waiting = []
  }
  for (let from = 0; from < ids.length; from += batch) {
    const some = ids.slice(from, from + batch)
    const places = await placesOf(ctx, some)
    for (const [n, id] of some.entries()) {
      const place = places.get(id)
      if (place) waiting.push(...demoWeeks(place, from + n, ctx.today, people))
      if (waiting.length >= batch) await write()
    }
  }
  await write()
}

/** One week goes back and comes again, so that its history shows how that is done. */
async function sendOneBack(ctx: Context): Promise<void> {
  const week = await ctx.db
    .selectFrom('market_recovery.hours')
    .select('id')
    .where('state', '=', 'submitted')
    .orderBy('week_ending')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  if (!week) return
  await ctx.transition(hoursWorkflow, week.id, 'reject', { reason: 'The foreman signed for 36 hours, not 40.' })
  await ctx.transition(hoursWorkflow, week.id, 'submit', {})
}

async function peopleOf(ctx: Context, slug: string): Promise<DemoPeople> {
  const who = ['staff', 'officer', 'treasurer'] as const
  const rows = await ctx.db
    .selectFrom('foundation.org_user' as never)
    .select(['id', 'email'] as never[])
    .where('email' as never, 'in', who.map((one) => `${one}@${slug}.example`) as never)
    .execute()
  const found = new Map((rows as { id: string; email: string }[]).map(({ id, email }) => [email.split('@')[0], id]))
  return {
    staff: found.get('staff') ?? null,
    officer: found.get('officer') ?? null,
    treasurer: found.get('treasurer') ?? null,
  }
}

/** Three programs, their jobs, sixty assignments and half a year of hours in every state, times the scale. */
export const demoMarketRecovery = defineSeed(async (ctx, org, scale) => {
  const days = demoDays(ctx.today)
  const people = await peopleOf(ctx, org.slug)
  await ctx.db.insertInto('market_recovery.scale').values(demoScales(days)).execute()
  const contractors = await ctx.db
    .insertInto('market_recovery.contractor')
    .values(demoContractors(days))
    .returning(['id', 'name'])
    .execute()
  const programs = await ctx.db
    .insertInto('market_recovery.program')
    .values(demoPrograms(days, scale))
    .returning(['id', 'name'])
    .execute()
  const projects = await addProjects(ctx, days, contractors, idOf(programs, 'Harbor'), scale)
  const ids = await addAssignments(ctx, days, { contractors, programs, projects, assignedBy: people.staff }, scale)
  await addHours(ctx, ids, people)
  await sendOneBack(ctx)
  await addBatches(ctx, people)
  await addEvidence(ctx, people)
  return [
    {
      email: `contractor@${org.slug}.example`,
      name: 'Rita Calloway',
      resource: 'market-recovery.contractor',
      record: idOf(contractors, 'Bayline'),
    },
  ] satisfies SeedLink[]
})
