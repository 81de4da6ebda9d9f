import { sql } from 'kysely'
import { defineJob, defineModule, field, refuse } from '@commonhall/kernel'

/** What has happened to the jobs of the lab, and what they shall do. */
export const lab = { running: 0, most: 0, fails: 0, gate: Promise.resolve() }

/** From now on a job that has written its line stops there; answers what lets all of them go on. */
export function holdJobs(): () => void {
  let open = () => {}
  lab.gate = new Promise((resolve) => (open = resolve))
  return open
}

/** Writes a line; then come so many milliseconds, or until a test lets it go on. */
export const noteDown = defineJob('lab.line-is-noted', {
  fields: { line: field.text({ required: true }), ms: field.count() },
  async run(ctx, { line, ms }) {
    await sql`insert into notebook.entry (title, state) values (${line}, 'draft')`.execute(ctx.db)
    if (ms) await sql`select pg_sleep(${ms / 1000})`.execute(ctx.db)
    await lab.gate
  },
})

/** The same line is not noted twice while it waits. */
export const noteOnce = defineJob('lab.line-is-noted-once', {
  fields: { line: field.text({ required: true }) },
  unique: ({ line }) => line,
  run: (ctx, payload) => noteDown.run(ctx, { ...payload, ms: null }),
})

/** One at a time in each org. */
export const inTurn = defineJob('lab.turn-is-taken', {
  fields: { line: field.text({ required: true }) },
  atOnce: { perOrg: 1 },
  async run(ctx, { line }) {
    lab.most = Math.max(lab.most, ++lab.running)
    await noteDown.run(ctx, { line, ms: 30 })
    lab.running--
  },
})

/** Fails as often as it is told to. */
export const stumble = defineJob('lab.stumble-is-overcome', {
  fields: { line: field.text({ required: true }) },
  retries: 0,
  async run(ctx, { line }) {
    await noteDown.run(ctx, { line, ms: null })
    if (lab.fails-- > 0) refuse('conflict', `Maria Okafor does not like ${line}.`)
  },
})

/** Takes longer than it may. */
export const dawdle = defineJob('lab.dawdler-is-stopped', {
  fields: { line: field.text({ required: true }) },
  retries: 0,
  timeLimit: 1,
  run: (ctx, { line }) => noteDown.run(ctx, { line, ms: 4000 }),
})

/** A module of jobs that only tests have. */
export const labModule = defineModule({
  name: 'lab',
  label: 'Lab',
  purpose: 'Proves what the queue does.',
  icon: 'note',
  needs: ['notebook'],
  folder: import.meta.dirname,
  jobs: [noteDown, noteOnce, inTurn, stumble, dawdle],
})
