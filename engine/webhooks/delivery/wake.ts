import type { Engine } from '../../engine.ts'
import type { HouseJob } from '../../jobs/index.ts'
import type { Courier, Errand } from './courier.ts'

const delivering = 'webhooks.messages-delivered'

/** After a commit it is looked for messages, and for those of the commits that follow closely, too. */
const gathering = 100

interface DueRow extends Record<string, unknown> {
  readonly org: string
  readonly webhook: string
}

const dueIn = ({ database }: Engine, orgs: readonly string[] | null) =>
  database.bare<DueRow & Record<string, never>>('select org, webhook from foundation.webhooks_due($1)', [orgs])

/** The courier's errand comes by the queue, to whichever process works; it is done when the courier knows of it. */
export const deliverMessages = (courier: Courier): HouseJob<Errand> => ({
  name: delivering,
  run: ({ org, webhook }) => Promise.resolve(courier.begin({ org, webhook })),
})

/** What is due and nobody has seen: later tries, what a process left that died, changes that came by no request. */
export const findDueMessages = (engine: Engine, courier: Courier): HouseJob => ({
  name: 'webhooks.due-messages-found',
  schedule: '* * * * *',
  async run() {
    courier.isAtWork = true
    for (const errand of await dueIn(engine, null)) await send(engine, errand)
  },
})

const send = ({ jobs }: Engine, errand: Errand) => jobs.send(delivering, errand, { key: errand.webhook })

/**
 * Looks soon after each commit whether a webhook has something to say. Nothing depends on it but speed: the messages
 * are in the database already.
 */
export function wakeAfterCommits(engine: Engine, courier: Courier): () => void {
  const orgs = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  const look = async () => {
    timer = undefined
    const asked = [...orgs]
    orgs.clear()
    for (const errand of await dueIn(engine, asked)) {
      if (courier.isAtWork) courier.begin(errand)
      else await send(engine, errand)
    }
  }
  engine.database.onCommit((org) => {
    orgs.add(org)
    timer ??= setTimeout(() => void look().catch(() => {}), gathering).unref()
  })
  return () => clearTimeout(timer)
}
