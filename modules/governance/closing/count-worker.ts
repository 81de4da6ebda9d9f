import { parentPort } from 'node:worker_threads'
import { Refusal } from '@commonhall/kernel'
import { type Ballot, count, readRules } from '../counting/index.ts'
import type { Asked, Told } from './count-apart.ts'

/** Beside the server: however many ballots there are, nobody else waits while they are counted. */
const ballots: Readonly<Record<string, Omit<Ballot, 'count'>>>[] = []

parentPort?.on('message', (asked: Asked) => {
  if ('texts' in asked) {
    for (const text of asked.texts) ballots.push((JSON.parse(text) as { choices: (typeof ballots)[number] }).choices)
    return
  }
  parentPort?.postMessage(answered(asked.contests), [])
})

function answered(contests: Extract<Asked, { contests: unknown }>['contests']): Told {
  try {
    return {
      counts: contests.map(({ id, counting }) =>
        count(
          readRules(counting),
          ballots.map(({ [id]: marks = {} }) => marks),
        ),
      ),
    }
  } catch (error) {
    if (error instanceof Refusal) return { code: error.code, detail: error.message }
    throw error
  }
}
