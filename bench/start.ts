import { atMost, type Line } from './line.ts'
import { memoryOf, type RunningServer, signIn } from './server.ts'
import { type Stage, staffOf } from './stage.ts'

/** How long a later `npm start` takes, and what the server then takes up of memory. Right after the start. */
export async function measureStart(stage: Stage, server: RunningServer): Promise<Line[]> {
  const authorization = `Bearer ${await signIn(server, staffOf(stage.empty), stage.password)}`
  for (let request = 0; request < 20; request++) {
    await (await fetch(`${server.url}/api/v1/orgs/${stage.empty}/members`, { headers: { authorization } })).text()
  }
  return [
    { name: 'later `npm start` → /health', unit: 'ms', ours: server.startMs, bar: atMost(4000) },
    { name: 'server idle, without PostgreSQL', unit: 'MB', ours: await memoryOf(server), bar: atMost(200) },
  ]
}
