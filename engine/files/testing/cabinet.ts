import { asOwner, formOf, type TestHouse, type Voice } from '@commonhall/engine/testing'
import type { LightMyRequestResponse } from 'fastify'
import { metadata } from '../uploads/testing/uploading.ts'

interface Paper {
  readonly name?: string
  readonly text?: string
  readonly caption?: string
  readonly tags?: string
}

/** Files in the hands of people of the cast, through the doors that programs use. */
export class Cabinet {
  readonly #house: TestHouse
  #count = 0

  constructor(house: TestHouse) {
    this.#house = house
  }

  /** Sends a file, and answers what comes back. `at` is a record's address, `/members/{id}`. */
  async send(voice: Voice, at: string, paper: Paper = {}): Promise<LightMyRequestResponse> {
    const { name = 'letter.txt', text = `Letter ${++this.#count}`, ...told } = paper
    const { payload, headers } = formOf({ name, bytes: text }, told)
    return await voice.post(`${at}/files`, payload, headers)
  }

  /** A file that is attached and found clean; answers its id. */
  async attach(voice: Voice, at: string, paper: Paper = {}): Promise<string> {
    const reply = await this.send(voice, at, paper)
    if (reply.statusCode !== 201) throw new Error(reply.body)
    await this.judge('clean')
    return reply.json().id
  }

  /** Uploads for what metadata names: a field, or a new version of a file. */
  async upload(
    voice: Voice,
    told: Readonly<Record<string, string>>,
    paper: Paper = {},
  ): Promise<LightMyRequestResponse> {
    const { name = 'photo.png', text = `Photo ${++this.#count}` } = paper
    return await voice.post('/uploads', Buffer.from(text), {
      'tus-resumable': '1.0.0',
      'upload-length': String(Buffer.byteLength(text)),
      'upload-metadata': metadata({ name, ...told }),
      'content-type': 'application/offset+octet-stream',
    })
  }

  /** The same, through to the end and found clean; answers the file's id. */
  async uploaded(voice: Voice, told: Readonly<Record<string, string>>, paper: Paper = {}): Promise<string> {
    const reply = await this.upload(voice, told, paper)
    const id = (reply.headers['content-location'] ?? '').split('/').at(-1)
    if (reply.statusCode !== 201 || !id) throw new Error(`${reply.statusCode} ${reply.body}`)
    await this.judge('clean')
    return id
  }

  /** What waits to be checked is found to be this; no scanner is asked. */
  async judge(verdict: 'clean' | 'held'): Promise<void> {
    const [state, reason] = verdict === 'clean' ? ['ready', null] : ['held', 'infected']
    await asOwner(
      this.#house,
      `with judged as (update foundation.file_content set verdict = $1, reason = $3
        where verdict = 'waiting' returning org_id, sha256)
      update foundation.file f set state = $2, reason = $3, version = f.version + 1
      from foundation.file_content c where c.org_id = f.org_id and c.sha256 = f.sha256 and f.state = 'checking'
        and ($1 = 'clean' or exists (select from judged j where j.org_id = f.org_id and j.sha256 = f.sha256))`,
      [verdict, state, reason],
    )
  }
}
