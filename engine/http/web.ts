import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fixed from '@fastify/static'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { Refusal, say } from '@commonhall/kernel'
import { nonceOf } from './headers.ts'
import { sendProblem } from './problems.ts'

/** Addresses that are never a page: what is not there is a problem, for programs. */
const forPrograms = /^\/(?:api|assets|health|metrics|dev)(?:[/?]|$)/

/**
 * Serves the built web app: its files for good, since their names carry their content, and its one page for every
 * address that a person can go to. Without a build, whatever is not a route is a problem.
 */
export async function registerWeb(app: FastifyInstance, folder: string | null): Promise<void> {
  const page = folder ? await registerFiles(app, folder) : null
  const sendPage = (reply: FastifyReply, html: () => string) =>
    reply.type('text/html; charset=utf-8').send(html().replaceAll('__NONCE__', nonceOf(reply)))
  app.setNotFoundHandler((request, reply) => {
    if (page && request.method === 'GET' && !forPrograms.test(request.url)) return sendPage(reply, page)
    return sendProblem(request, reply, new Refusal('not_found', say('engine:http.no_route')))
  })
  if (page) app.get('/', { schema: { hide: true } }, (_request, reply) => sendPage(reply, page))
}

/** Reads the text of the page, whose files are served from now on; null when there is no build. */
async function registerFiles(app: FastifyInstance, folder: string): Promise<(() => string) | null> {
  const index = join(folder, 'index.html')
  if (!existsSync(index)) return null
  await app.register(fixed, {
    root: folder,
    wildcard: true,
    index: false,
    serveDotFiles: false,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
  // Read again when it was built anew beside a running server: the old page names files that are gone.
  let page = { at: 0, text: '' }
  return () => {
    const at = statSync(index, { throwIfNoEntry: false })?.mtimeMs ?? page.at
    if (at !== page.at) page = { at, text: readFileSync(index, 'utf8') }
    return page.text
  }
}
