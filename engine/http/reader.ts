import fastify, { type FastifyInstance } from 'fastify'
import pins from '../../package.json' with { type: 'json' }
import { nonceOf } from './headers.ts'

const version = pins.dependencies['@scalar/fastify-api-reference']
/** The name carries the version, so that browsers may keep it for good. */
const scriptPath = `/api/docs/reader-${version}.js`

/** What the reader is told: nothing of it leaves the house, neither for fonts nor to count its users. */
const options = {
  url: '/api/v1/openapi.json',
  telemetry: false,
  withDefaultFonts: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  defaultOpenAllTags: false,
}

/** A page on which people read the API. Its library comes from this server, and only when somebody asks for it. */
export function registerReader(app: FastifyInstance): void {
  app.get('/api/docs', { schema: { hide: true } }, (_request, reply) => {
    const nonce = nonceOf(reply)
    return reply.type('text/html; charset=utf-8').header('content-security-policy', policy(nonce)).send(page(nonce))
  })
  let script: Promise<string> | undefined
  app.get(scriptPath, { schema: { hide: true } }, async (_request, reply) => {
    const text = await (script ??= readerScript())
    return reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'public, max-age=31536000, immutable')
      .send(text)
  })
}

/** The library comes as a plugin that carries its script inside; a server that never listens gives it out. */
async function readerScript(): Promise<string> {
  const { default: scalar } = await import('@scalar/fastify-api-reference')
  const shelf = fastify()
  await shelf.register(scalar, { routePrefix: '/', configuration: { url: options.url } })
  const { body } = await shelf.inject('/js/scalar.js')
  await shelf.close()
  return body
}

const page = (nonce: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <title>Commonhall API</title>
  </head>
  <body>
    <div id="reader"></div>
    <script src="${scriptPath}"></script>
    <script nonce="${nonce}">Scalar.createApiReference('#reader', ${JSON.stringify(options)})</script>
  </body>
</html>
`

/** As strict as everywhere, but for styles: the library makes style elements and attributes as it draws. */
const policy = (nonce: string) =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
