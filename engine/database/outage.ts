/** What the operating system says of a server that cannot be reached. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/**
 * SQLSTATEs of a server that cannot do this now and may do it in a moment: connection lost (08), out of resources (53),
 * shutting down or starting (57P), a statement cut off for time (57014), a deadlock (40), read-only (25006).
 */
const momentary = /^(?:08...|53...|57P0.|57014|40...|25006)$/

/** The client library gives these no code. */
const brokenOff =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client has encountered)/

/** Whether the database failed to answer, rather than answered with a fault of ours. */
export function isOutage(error: unknown): boolean {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  return unreachable.has(code) || momentary.test(code) || brokenOff.test(message)
}
