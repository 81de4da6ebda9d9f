import { Counter, type Registry as Meters } from 'prom-client'
import { Refusal } from '@commonhall/kernel'
import type { Bytes, FileStore } from './store.ts'

/** What is measured of stores. Never of whom. */
export const storeMeters = (meters: Meters) => ({
  bytes: new Counter({
    name: 'commonhall_file_store_bytes_total',
    help: 'Bytes of files that went into a store, and out of it',
    labelNames: ['store', 'way'],
    registers: [meters],
  }),
  errors: new Counter({
    name: 'commonhall_file_store_errors_total',
    help: 'What a store could not do: no room, no answer, a fault',
    labelNames: ['store', 'act'],
    registers: [meters],
  }),
})

/** The same store, measured. */
export function measured(store: FileStore, meters: ReturnType<typeof storeMeters>): FileStore {
  const { name, direct } = store
  const ofSenders = new WeakSet()
  /** What the store refuses is an answer, and a sender who hangs up is no trouble of the store. */
  const isTrouble = (error: unknown) =>
    !(error instanceof Refusal && error.status < 500) && !ofSenders.has(error as object)

  async function act<Value>(act: string, work: Promise<Value>): Promise<Value> {
    try {
      return await work
    } catch (error) {
      if (isTrouble(error)) meters.errors.inc({ store: name, act })
      throw error
    }
  }

  const coming = (bytes: Bytes) =>
    counted(bytes, meters.bytes.labels(name, 'in'), (error) => {
      if (error instanceof Object) ofSenders.add(error)
    })
  const going = (bytes: Bytes) =>
    counted(bytes, meters.bytes.labels(name, 'out'), () => meters.errors.inc({ store: name, act: 'read' }))

  return {
    name,
    direct,
    append: (upload, offset, bytes) => act('append', store.append(upload, offset, coming(bytes))),
    received: (upload) => act('received', store.received(upload)),
    readUpload: async (upload) => going(await act('read', store.readUpload(upload))),
    keep: (upload, address) => act('keep', store.keep(upload, address)),
    dropUpload: (upload) => act('remove', store.dropUpload(upload)),
    write: (address, bytes, size) => act('write', store.write(address, coming(bytes), size)),
    async read(address, span) {
      const bytes = await act('read', store.read(address, span))
      return bytes && going(bytes)
    },
    size: (address) => act('size', store.size(address)),
    remove: (address) => act('remove', store.remove(address)),
    walk: (org) => store.walk(org),
    check: () => act('check', store.check()),
    close: () => store.close(),
  }
}

async function* counted(
  bytes: Bytes,
  counter: { inc(by: number): void },
  onError: (error: unknown) => void,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of bytes) {
      counter.inc(chunk.length)
      yield chunk
    }
  } catch (error) {
    onError(error)
    throw error
  }
}
