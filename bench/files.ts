import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { copyFiles } from './copy-files.ts'
import { atLeast, atMost, type Line, median } from './line.ts'
import { memoryOf, type RunningServer, signIn } from './server.ts'
import { type Stage, staffOf } from './stage.ts'

const many = 200
const size = 5_000_000
const rounds = 3

/** Files that arrive all at once, beside copying the same bytes with their sums; and what that takes of memory. */
export async function measureFiles(stage: Stage, server: RunningServer): Promise<Line[]> {
  const token = await signIn(server, staffOf(stage.large), stage.password)
  const sender = { url: server.url, token, org: stage.large, records: await someMembers(server, stage, token) }
  const folder = join(stage.folder, 'files')
  await mkdir(folder)
  const before = await memoryOf(server)
  const peak = watchMemory(server)
  const [copied, uploaded]: [number[], number[]] = [[], []]
  try {
    for (let round = 0; round < rounds; round++) {
      // Bytes that are there already would not be kept again.
      const names = await newFiles(folder)
      copied.push(await copyFiles(folder, join(stage.folder, 'copies')))
      uploaded.push(await uploadAll(sender, folder, names))
    }
  } finally {
    await rm(folder, { recursive: true })
  }
  const speed = (ms: number) => (many * size) / 1e6 / (ms / 1000)
  return [
    {
      name: `${many} files of 5 MB uploaded at once, safe on the disk`,
      unit: 'MB/s',
      ours: speed(median(uploaded)),
      limit: { name: 'copied with SHA-256 and fsync', value: speed(median(copied)) },
      judged: median(uploaded.map((ms, round) => (copied[round] ?? 0) / ms)),
      bar: atLeast(0.6),
    },
    { name: 'memory, these uploads', unit: 'MB', ours: (await peak()) - before, bar: atMost(300) },
  ]
}

async function someMembers(server: RunningServer, stage: Stage, token: string): Promise<string[]> {
  const reply = await fetch(`${server.url}/api/v1/orgs/${stage.large}/members?limit=200`, {
    headers: { authorization: `Bearer ${token}` },
  })
  return ((await reply.json()) as { data: { id: string }[] }).data.map(({ id }) => id)
}

/** The most that the server holds from now on, looked at four times a second; answers it when asked. */
function watchMemory(server: RunningServer): () => Promise<number> {
  let most = 0
  const over = new AbortController()
  const watching = (async () => {
    while (!over.signal.aborted) {
      most = Math.max(most, await memoryOf(server))
      await sleep(250)
    }
  })()
  return async () => {
    over.abort()
    await watching
    return most
  }
}

/** Writes files of text, each unlike every other, as minutes and lists are. */
async function newFiles(folder: string): Promise<string[]> {
  const body = Buffer.from(randomBytes((size * 3) / 4).toString('base64')).subarray(0, size)
  const names = Array.from({ length: many }, (_, index) => `${index}.txt`)
  for (const name of names) {
    body.write(randomBytes(24).toString('base64'))
    await writeFile(join(folder, name), body)
  }
  // What is written here must not be what the first of both sides waits for.
  for (const name of names) {
    const file = await open(join(folder, name))
    await file.sync()
    await file.close()
  }
  return names
}

interface Sender {
  readonly url: string
  readonly token: string
  readonly org: string
  readonly records: readonly string[]
}

/** From the first byte to the last acknowledgement, in ms. */
async function uploadAll(sender: Sender, folder: string, names: readonly string[]): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: many })
  const begun = performance.now()
  await Promise.all(names.map((name, index) => upload(sender, agent, join(folder, name), sender.records[index] ?? '')))
  const ms = performance.now() - begun
  agent.destroy()
  return ms
}

const pairs = (told: Readonly<Record<string, string>>) =>
  Object.entries(told)
    .map(([key, value]) => `${key} ${btoa(value)}`)
    .join(',')

/** One upload of the tus protocol, its bytes with the request that begins it. */
function upload({ url, token, org }: Sender, agent: Agent, path: string, record: string): Promise<void> {
  return new Promise((done, fail) => {
    const sending = request(`${url}/api/v1/orgs/${org}/uploads`, {
      method: 'POST',
      agent,
      headers: {
        authorization: `Bearer ${token}`,
        'tus-resumable': '1.0.0',
        'content-type': 'application/offset+octet-stream',
        'content-length': size,
        'upload-length': size,
        'upload-metadata': pairs({ name: 'list.txt', resource: 'members', record }),
      },
    })
    sending.on('error', fail).on('response', (reply) => {
      reply.resume().on('end', () => {
        if (reply.statusCode === 201 && reply.headers['content-location']) done()
        else fail(new Error(`An upload was answered ${reply.statusCode}.`))
      })
    })
    createReadStream(path).on('error', fail).pipe(sending)
  })
}
