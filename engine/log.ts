import { type DestinationStream, type Logger, pino } from 'pino'

/** Names under which secrets and personal data could slip into a log line; cut wherever they stand. */
const secret = [
  'password',
  'token',
  'access_token',
  'refresh_token',
  'authorization',
  'cookie',
  'set-cookie',
  'ssn',
  'secret',
]

/** Structured lines on standard error: valid JSON, one per event, never a secret. */
export function makeLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: secret.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]), censor: '[cut]' },
    serializers: {
      err: tellError,
      req: () => undefined,
      res: () => undefined,
    },
  }
  return destination ? pino(options, destination) : pino(options, pino.destination({ dest: 2, sync: false }))
}

/**
 * What went wrong, and where. A database quotes the values of a row in its sentences, so what it quotes after a colon
 * is cut.
 */
function tellError(error: Error & { code?: string; table?: string; constraint?: string }) {
  const { name: type, code, table, constraint, stack = '' } = error
  const message = error.message
    .split('\n', 1)[0]
    ?.slice(0, 500)
    .replace(/: ".*"/s, ': [cut]')
  const frames = stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
  return { type, code, table, constraint, message, stack: frames }
}
