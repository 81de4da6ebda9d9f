import type { Database } from '../database/pool.ts'
import type { Post } from '../mail/post.ts'
import { deriveSecret, type Settings } from '../settings.ts'
import { AccessTokens } from './access-token.ts'
import { Box, Slips } from './box.ts'
import type { Challenge } from './factors/passkeys.ts'
import type { Ticket } from './factors/ticket.ts'
import { Seal } from './seal.ts'
import { Turns } from '../turns.ts'

/** What sign-in needs of the engine. */
export interface SignInEngine {
  readonly database: Pick<Database, 'bare'>
  readonly settings: Pick<Settings, 'secret' | 'publicUrl'>
  readonly post: Pick<Post, 'send'>
  /** Queues one of the house's own jobs. */
  enqueue(job: string, payload: object): Promise<string>
}

/** Sign-in, made once when the server starts. */
export interface SignIn extends SignInEngine {
  readonly tokens: AccessTokens
  /** Seals the CSRF token of a session. */
  readonly csrf: Seal
  /** Seals the id of a browser that somebody has signed in from. */
  readonly devices: Seal
  /** One try per e-mail address at a time: tries side by side could each be the fifth. */
  readonly turns: Turns
  /** Seals the secrets of authenticator apps, which the database keeps. */
  readonly appSecrets: Box
  /** Goes into what is kept of recovery codes. */
  readonly recoveryKey: Buffer
  /** What a browser is asked to sign with a passkey. */
  readonly challenges: Slips<Challenge>
  /** What the right password gives to those who have a second step. */
  readonly tickets: Slips<Ticket>
}

export function openSignIn(engine: SignInEngine): SignIn {
  const { database, settings, post } = engine
  return {
    database,
    settings,
    post,
    enqueue: (job, payload) => engine.enqueue(job, payload),
    tokens: new AccessTokens(new Uint8Array(deriveSecret(settings, 'access tokens'))),
    csrf: new Seal(deriveSecret(settings, 'csrf tokens')),
    devices: new Seal(deriveSecret(settings, 'known devices')),
    turns: new Turns(),
    appSecrets: new Box(deriveSecret(settings, 'authenticator apps')),
    recoveryKey: deriveSecret(settings, 'recovery codes'),
    challenges: new Slips(deriveSecret(settings, 'passkey challenges'), 5),
    tickets: new Slips(deriveSecret(settings, 'second steps'), 5),
  }
}
