// What `npm start` runs: the web app is built if it is stale, then the server serves it.
import { buildIfStale } from '../web/build.ts'
import { serve } from '../server.ts'

if (process.env['SKIP_WEB_BUILD'] !== '1') {
  process.stderr.write('Looking at the web app …\n')
  await buildIfStale()
}
await serve(process.env)
