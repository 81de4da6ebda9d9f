import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type { Logger } from 'pino'
import { inject } from 'vitest'
import type { Module } from '@commonhall/kernel'
import { catalog } from '@commonhall/modules/catalog'
import { type House, openOn, registryOf } from '../boot.ts'
import { findOrg, houseCaller } from '../caller.ts'
import { ensureServer, withClient, withDatabase } from '../database/provision.ts'
import type { Settings } from '../settings.ts'
import { openSession } from './session.ts'
import { quiet, testSettings } from './settings.ts'

/** Sends requests as one person of the cast. */
export interface Voice {
  readonly token: string
  /** A request under the person's org: `get('/members')`. */
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  patch(path: string, body: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  delete(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  send(options: InjectOptions): Promise<LightMyRequestResponse>
}

/** A house of its own for one test file: a copy of the template on the shared PostgreSQL, torn down at the end. */
export interface TestHouse extends House {
  readonly app: FastifyInstance
  /** Another process on the same database, as far as it can tell. */
  twin(): Promise<House>
  /** Signs a person of the cast in; `slug` is another org than their address names. */
  as(email: string, slug?: string): Promise<Voice>
  /** The house itself as a caller in an org. */
  caller(slug?: string): Promise<ReturnType<typeof houseCaller>>
}

/** What a test may want otherwise: a house that listens needs its address, and a browser needs the pages. */
export interface HouseWanted {
  readonly settings?: Partial<Settings>
  readonly webFolder?: string
  /** Modules after those of the catalog, switched on in Local 100 and Riverside. */
  readonly modules?: readonly Module[]
  readonly log?: Logger
}

export async function openHouse({
  settings,
  webFolder,
  modules = [],
  log = quiet,
}: HouseWanted = {}): Promise<TestHouse> {
  const superuser = inject('postgres')
  const name = `house_${randomBytes(6).toString('hex')}`
  await withClient(
    superuser,
    async (client) =>
      void (await client.query(`create database ${name} template commonhall_template strategy file_copy`)),
  )
  const drop = () =>
    withClient(superuser, async (client) => void (await client.query(`drop database ${name} with (force)`)))
  // Nothing is there until a test keeps a file.
  const dataDir = join(tmpdir(), `commonhall-${name}`)
  const wanted = { ...testSettings, dataDir, ...settings }
  const ground = await ensureServer(wanted, withDatabase(superuser, name), drop)
  const registry = registryOf([...catalog, ...modules])
  const house = await openOn(wanted, registry, ground, log, !modules.length)
  if (modules.length) await switchOn(ground.ownerUrl, modules)
  const app = await house.server(webFolder)
  return {
    ...house,
    app,
    twin: () => openOn(wanted, registry, { ...ground, stop: () => Promise.resolve() }, log, true),
    as: async (email, slug) =>
      voiceOf(app, await openSession(house, email), slug ?? /@(.+)\.example$/.exec(email)?.[1] ?? ''),
    async caller(slug = 'local-100') {
      const org = await findOrg(house.engine.database, slug)
      if (!org) throw new Error(`There is no org ${slug}.`)
      return houseCaller(org, 'command')
    },
    async close() {
      await app.close()
      await house.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function switchOn(ownerUrl: string, modules: readonly Module[]): Promise<void> {
  const names = modules.map(({ name }) => name)
  await withClient(ownerUrl, (owner) =>
    owner.query("update foundation.org set modules = modules || $1 where slug in ('local-100', 'riverside')", [names]),
  )
}

export function voiceOf(app: FastifyInstance, token: string, slug: string): Voice {
  const send = (options: InjectOptions) =>
    app.inject({ ...options, headers: { authorization: `Bearer ${token}`, ...options.headers } })
  const at = (path: string) => (path.startsWith('/api/') ? path : `/api/v1/orgs/${slug}${path}`)
  const withBody =
    (method: 'POST' | 'PATCH') =>
    (path: string, body?: unknown, headers: Record<string, string> = {}) =>
      send({ method, url: at(path), headers, ...(body === undefined ? {} : { payload: body as object }) })
  return {
    token,
    send,
    get: (path, headers = {}) => send({ method: 'GET', url: at(path), headers }),
    post: withBody('POST'),
    patch: withBody('PATCH'),
    delete: (path, headers = {}) => send({ method: 'DELETE', url: at(path), headers }),
  }
}
