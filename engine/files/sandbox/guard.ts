import { workerData } from 'node:worker_threads'

/** Looks so often, in milliseconds; a decoder fills memory at some hundred megabytes in that time at worst. */
const rhythm = 25

const { most, parent } = workerData as { most: number; parent: number }

// A thread of its own, because a decoder may keep the first one busy for as long as it likes.
setInterval(() => {
  if (process.memoryUsage.rss() > most || process.ppid !== parent) process.kill(process.pid, 'SIGKILL')
}, rhythm)
