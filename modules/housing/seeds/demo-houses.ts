import { defineSeed } from '@commonhall/kernel'

const floors = 6
const perFloor = 6

/** A house of 36 units; five of six are lived in, and every fourth had somebody before. */
export const demoHouses = defineSeed(async (ctx) => {
  const people = await ctx.db
    .selectFrom('members.member')
    .select('id')
    .where('state', '=', 'active')
    .orderBy('card_number')
    .execute()
  const units = Array.from({ length: floors * perFloor }, (_, n) => {
    const bedrooms = 1 + ((n * 5 + Math.floor(n / perFloor)) % 3)
    const vacant = n % 6 === 4
    const state = vacant ? (n % 12 === 4 ? ('renovation' as const) : ('vacant' as const)) : ('occupied' as const)
    return {
      number: `${Math.floor(n / perFloor) + 1}${String.fromCharCode(65 + (n % perFloor))}`,
      bedrooms,
      charge: `${String(650 + bedrooms * 175 + Math.floor(n / perFloor) * 12)}.00`,
      state,
    }
  })
  const made = await ctx.db.insertInto('housing.unit').values(units).returning(['id', 'state']).execute()
  const occupancies = made.flatMap(({ id, state }, n) => {
    const person = people[n % people.length]?.id
    const before = people[(n + 17) % people.length]?.id
    if (!person || !before) return []
    const start = `${String(2012 + (n % 11))}-0${String(1 + (n % 9))}-01`
    const earlier = { unit: id, member: before, from_on: '2004-05-01', until_on: '2011-11-30' }
    const current = {
      unit: id,
      member: person,
      from_on: start,
      until_on: state === 'occupied' ? null : `2026-0${String(2 + (n % 7))}-28`,
    }
    return n % 4 === 0 ? [earlier, current] : [current]
  })
  if (occupancies.length) await ctx.db.insertInto('housing.occupancy').values(occupancies).execute()
})
