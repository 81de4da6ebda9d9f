import { randomInt } from 'node:crypto'
import { sql } from 'kysely'
import { defineEvent, defineModule, field, on } from '@commonhall/kernel'

/** How many of the next deliveries fail, by chance of so many in ten. */
export const luck = { failing: 0, unlucky: '' }

export const written = defineEvent('diary.page-written', {
  n: field.count({ required: true }),
  entry: field.ref('notebook.entry', { required: true }),
})

/** Keeps, behind what it has heard of an entry, what it hears next. */
const keep = on(written, 'diary.page-is-kept', async (ctx, { entry, n }) => {
  await sql`update notebook.entry set body = concat_ws(' ', body, ${n}::text) where id = ${entry}`.execute(ctx.db)
  if (entry === luck.unlucky || randomInt(10) < luck.failing) throw new Error('Not this time.')
})

/** A module whose subscriber writes down in which order it hears, and fails as it is told. */
export const diary = defineModule({
  name: 'diary',
  label: 'Diary',
  purpose: 'Proves in which order is heard.',
  icon: 'note',
  needs: ['notebook'],
  folder: import.meta.dirname,
  events: [written],
  subscribers: [keep],
})
