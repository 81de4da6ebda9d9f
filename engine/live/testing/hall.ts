import { notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import type { Module } from '@commonhall/kernel'
import { listen, type Listening } from './listen.ts'

type More = Parameters<typeof listen>[3]

/** A house that listens at a port, and streams that are closed with it. */
export interface Hall {
  readonly house: TestHouse
  readonly url: string
  hear(voice: Voice, topics: string, more?: More): Promise<Listening>
  /** Closes the streams that are open. */
  hushAll(): void
  close(): Promise<void>
}

export async function openHall(
  modules: readonly Module[] = [notebook],
  settings: Partial<TestHouse['engine']['settings']> = {},
): Promise<Hall> {
  const house = await openHouse({ modules, settings })
  const url = await house.app.listen({ host: '127.0.0.1', port: 0 })
  const streams: Listening[] = []
  return {
    house,
    url,
    async hear(voice, topics, more) {
      const stream = await listen(url, voice.token, topics, more)
      streams.push(stream)
      return stream
    },
    hushAll() {
      for (const stream of streams.splice(0)) stream.close()
    },
    async close() {
      for (const stream of streams) stream.close()
      await house.close()
    },
  }
}
