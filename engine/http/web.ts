import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fixed from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal, say } from '@commonhall/kernel'
import { nonceOf } from './headers.ts'
import { sendProblem } from './problems.ts'

/** Serves the built web app: its files for good, since their names carry their content, and its one page for every address. */
export async function registerWeb(app: FastifyInstance, folder: string): Promise<void> {
  const index = join(folder, 'index.html')
  if (!existsSync(index)) return
  const page = readFileSync(index, 'utf8')
  await app.register(fixed, { root: folder, wildcard: true, index: false, serveDotFiles: false, prefix: '/', decorateReply: true,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    } })
  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    const wantsPage = request.method === 'GET' && !/^\/(?:api|assets|health|metrics)(?:\/|$)/.test(request.url)
    if (!wantsPage) return sendProblem(request, reply, new Refusal('not_found', say('engine:http.no_route')))
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page.replaceAll('__NONCE__', nonceOf(reply)))
  })
  app.get('/', { schema: { hide: true } }, (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-store').send(page.replaceAll('__NONCE__', nonceOf(reply))))
}
