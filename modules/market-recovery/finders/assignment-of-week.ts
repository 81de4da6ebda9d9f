import { sql } from 'kysely'
import { type Context, defineFinder, type Found, say, type SoughtRow, spokenDate } from '@commonhall/kernel'
import { contractor } from '../resources/contractor.ts'
import { hours } from '../resources/hours.ts'

/** An assignment that a row could mean. */
interface Candidate {
  readonly n: number
  readonly id: string
  readonly number: string
  readonly program: string
  readonly classification: string
  readonly contractor: string
  readonly covers: boolean
}

/** How a row names a member, as it is said back. */
function whoIn({ card, name, last_name: last, first_name: first }: SoughtRow['given']): string | undefined {
  if (card) return say('market-recovery:import.card', { card })
  if (name) return name
  return last && first ? `${last}, ${first}` : undefined
}

/** `Last, First Middle` in its parts; another way of writing a name cannot be told apart for sure. */
function nameIn({ name, last_name: last, first_name: first }: SoughtRow['given']) {
  if (!name) return { last, first }
  const [, before, after] = /^([^,]+),\s*([^,]+)$/.exec(name) ?? []
  return { last: before?.trim(), first: after?.trim() }
}

/** Whose assignments the actor may enter hours for: everybody's, or those of the contractor they stand for. */
const onlyOf = ({ actor }: Context): string | null =>
  actor.kind === 'system' || actor.permissions.has('market-recovery.hours.import')
    ? null
    : (actor.parties[contractor.name] ?? '00000000-0000-0000-0000-000000000000')

/** Every assignment that rows could mean, whenever it was: one statement for all of them. */
async function candidatesFor(ctx: Context, rows: readonly SoughtRow[]): Promise<ReadonlyMap<number, Candidate[]>> {
  const asked = rows.map(({ given, values }, n) => {
    const { card, contractor: company, program, classification } = given
    return { n, card, company, program, classification, ending: values['week_ending'], ...nameIn(given) }
  })
  const { rows: found } = await sql<Candidate>`
    with asked as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as r (n integer, card text, last text,
        first text, company text, program text, classification text, ending date)
    ), named as (
      select r.n, m.id from asked r join members.member m on m.card_number = r.card::citext where r.card is not null
      union all
      select r.n, m.id from asked r join members.member m
        on lower(m.last_name) = lower(r.last) and lower(m.first_name) = lower(split_part(r.first, ' ', 1))
      where r.card is null and r.last is not null and r.first is not null
    )
    select n.n, a.id, a.number, p.name as program, a.classification, c.name as contractor,
      a.from_on <= r.ending and (a.until_on is null or a.until_on >= r.ending) as covers
    from named n join asked r on r.n = n.n
    join market_recovery.assignment a on a.member = n.id and a.state <> 'cancelled'
    join market_recovery.contractor c on c.id = a.contractor
    join market_recovery.program p on p.id = a.program
    where (${onlyOf(ctx)}::uuid is null or a.contractor = ${onlyOf(ctx)}::uuid)
      and (r.company is null or c.name = r.company::citext or lower(c.quickbooks_name) = lower(r.company))
      and (r.program is null or lower(p.name) = lower(r.program))
      and (r.classification is null or lower(a.classification) = lower(r.classification))
    order by n.n, a.number`.execute(ctx.db)
  return Map.groupBy(found, ({ n }) => n)
}

/** Which assignment a row means, or what to do where that cannot be told. */
function foundIn({ given, values }: SoughtRow, candidates: readonly Candidate[]): Found {
  const column = ['card', 'name', 'last_name'].find((one) => given[one]) ?? 'card'
  const who = whoIn(given)
  if (!who) return { column, message: say('market-recovery:import.nobody_named') }
  if (!given['card'] && !nameIn(given).first) return { column, message: say('market-recovery:import.name_shape') }
  const covering = candidates.filter(({ covers }) => covers)
  const [only] = covering
  if (only && covering.length === 1) return { value: only.id }
  const week = spokenDate(String(values['week_ending']))
  const place = given['contractor'] ? say('market-recovery:import.with', { contractor: given['contractor'] }) : ''
  const words = {
    who,
    week,
    place,
    numbers: covering.map(({ number, program }) => `${number} (${program})`).join(', '),
  }
  if (only) return { column, message: say('market-recovery:import.several', words) }
  return { column, message: say(`market-recovery:import.${candidates.length ? 'other_days' : 'none'}`, words) }
}

/** A contractor's file knows whose card it is and which week, and nothing of our assignments. */
export const assignmentOfWeek = defineFinder({
  resource: hours.name,
  into: 'assignment',
  columns: {
    card: {
      label: 'Member card number',
      aka: [
        'Card number',
        'Card No',
        'CardNo',
        'Card',
        'Card #',
        'Member number',
        'Member No',
        'Member ID',
        'Union card',
      ],
      telling: true,
    },
    name: {
      label: 'Member (Last, First)',
      aka: ['Name', 'Member', 'Member name', 'Employee', 'Employee name', 'Worker'],
      telling: true,
    },
    last_name: { label: 'Member’s last name', aka: ['Last name', 'Last', 'Surname'], telling: true },
    first_name: { label: 'Member’s first name', aka: ['First name', 'First'] },
    contractor: { label: 'Contractor', aka: ['Company', 'Employer', 'Contractor name'] },
    program: { label: 'Program', aka: ['Program name', 'Fund'] },
    classification: { label: 'Classification', aka: ['Class', 'Trade', 'Craft'] },
  },
  async find(ctx, rows) {
    // Without a week there is nothing to look in; that it is missing has been said of the row by then.
    const candidates = await candidatesFor(ctx, rows)
    return rows.map((row, n) => foundIn(row, candidates.get(n) ?? []))
  },
})
