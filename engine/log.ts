import { type DestinationStream, type Logger, pino } from 'pino'

/** Names under which secrets and personal data could slip into a log line; cut wherever they stand. */
const secret = ['password', 'token', 'access_token', 'refresh_token', 'authorization', 'cookie', 'set-cookie', 'ssn', 'secret']

/** Structured lines on standard error: valid JSON, one per event, never a secret. */
export function makeLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    redact: { paths: secret.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]), censor: '[cut]' },
    serializers: {
      // An error of the database carries the row's values in its detail; only what went wrong, and where, is told.
      err: (error: Error & { code?: string }) => ({ type: error.name, code: error.code, message: firstLine(error), stack: error.stack }),
      req: () => undefined,
      res: () => undefined,
    },
  }
  return destination ? pino(options, destination) : pino(options, pino.destination({ dest: 2, sync: false }))
}

const firstLine = (error: Error) => error.message.split('\n', 1)[0]?.slice(0, 500)
