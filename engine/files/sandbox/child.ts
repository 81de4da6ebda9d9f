/**
 * The process in which bytes that somebody sent are decoded. It has no environment, no network and, as far as Node can
 * say, no files but its own; a thread of it ends it when it takes too long or too much memory, or is left alone.
 */
import { Worker } from 'node:worker_threads'
import type { Task, TaskOrder, TaskReply } from './task.ts'

const [mostMemory = '0'] = process.argv.slice(2)

const guard = new Worker(new URL('./guard.ts', import.meta.url), {
  workerData: { most: Number(mostMemory), parent: process.ppid },
})
guard.unref()

// Whoever stops the house stops all of its processes at once. What we are at is then brought to its end: a file must
// not be found wanting because we were told to go. The house ends us when it goes, and the guard when it is gone.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => {})

process.on('message', (order: TaskOrder) => void carryOut(order).then((reply) => process.send?.(reply)))

async function carryOut({ task, seconds, ...given }: TaskOrder): Promise<TaskReply> {
  guard.postMessage(seconds, [])
  try {
    const module = (await import(task)) as Task
    return { answer: (await module.run(given)) ?? null }
  } catch (error) {
    const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
    return { failed: /^\w{1,60}$/.exec(String(code ?? name))?.[0] ?? 'Error' }
  } finally {
    guard.postMessage(null, [])
  }
}
