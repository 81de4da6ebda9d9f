import { parentPort, workerData } from 'node:worker_threads'

/** How the house knows the one end from the other. Windows has no such signal. */
const overTime = process.platform === 'win32' ? 'SIGKILL' : 'SIGXCPU'

/** Looks so often, in milliseconds; a decoder fills memory at some hundred megabytes in that time at worst. */
const rhythm = 25

const { most, parent } = workerData as { most: number; parent: number }

/** Microseconds of processor time by which what is in hand must be done; none when nothing is. */
let until = Infinity

const spent = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** How many seconds of the processor the next order may take; null when it is done. */
parentPort?.on('message', (seconds: number | null) => {
  until = seconds === null ? Infinity : spent() + seconds * 1e6
})

// A thread of its own, because a decoder may keep the first one busy for as long as it likes.
setInterval(() => {
  if (spent() > until) process.kill(process.pid, overTime)
  if (process.memoryUsage.rss() > most || process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, rhythm)
