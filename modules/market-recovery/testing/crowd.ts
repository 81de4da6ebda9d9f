import { cast, type Voice } from '@commonhall/engine/testing'
import { type Local, march } from './local.ts'

interface Told {
  readonly act: string
  readonly status: number
  readonly detail: string
}

type Step = (voice: Voice) => Promise<{ statusCode: number; body: string }>

/** Many people of the office at work at once, each in a session of their own, without a word between them. */
export class Crowd {
  readonly #local: Local
  readonly #voices: readonly Voice[]
  readonly #told: Told[] = []
  #random = 20_250_301

  private constructor(local: Local, voices: readonly Voice[]) {
    this.#local = local
    this.#voices = voices
  }

  static async gather(local: Local, many: number): Promise<Crowd> {
    const people = [cast.officer, cast.officer2, cast.treasurer, cast.admin, cast.staff]
    const seats = Array.from({ length: many }, (_, seat) => people[seat % people.length] ?? cast.officer)
    return new Crowd(local, await Promise.all(seats.map((email) => local.house.as(email))))
  }

  /** Everybody takes so many steps, as they come. Answers what each was told. */
  async work(weeks: readonly string[], steps: number): Promise<readonly Told[]> {
    await Promise.all(
      this.#voices.map(async (voice) => {
        for (let step = 0; step < steps; step++) await this.#step(voice, weeks)
      }),
    )
    return this.#told
  }

  /** How often an act was done. */
  done = (act: string): number => this.#told.filter((one) => one.act === act && one.status < 300).length

  async #step(voice: Voice, weeks: readonly string[]): Promise<void> {
    const week = this.#one(weeks)
    const reason = 'Not right'
    const [act, step] = this.#one<readonly [string, Step]>([
      ...this.#often(6, 'approve', (by) => by.post(`/hours/${week}/approve`)),
      ...this.#often(1, 'reject', (by) => by.post(`/hours/${week}/reject`, { reason })),
      ...this.#often(1, 'reopen', (by) => by.post(`/hours/${week}/reopen`)),
      ...this.#often(1, 'submit', (by) => by.post(`/hours/${week}/submit`)),
      ...this.#often(2, 'prepare', (by) => by.post('/payment-batches', { ...march, program: this.#local.program })),
      ...this.#often(2, 'release', (by) => this.#onBatch(by, 'release')),
      ...this.#often(2, 'export', (by) => this.#onBatch(by, 'export')),
      ...this.#often(1, 'void', (by) => this.#onBatch(by, 'void', { reason })),
      ...this.#often(1, 'pay all', (by) => this.#onBatch(by, 'pay', { paid_on: '2025-04-01' })),
      ...this.#often(2, 'pay', (by) => this.#onPayments(by, 'pay', { paid_on: '2025-04-01' })),
      ...this.#often(1, 'void some', (by) => this.#onPayments(by, 'void', { reason })),
    ])
    const { statusCode: status, body } = await step(voice)
    this.#told.push({ act, status, detail: body.slice(0, 300) })
  }

  async #onBatch(by: Voice, act: string, body?: object) {
    const found = await by.get(`/payment-batches?filter[program]=${this.#local.program}&limit=200`)
    const batch = this.#one(found.json().data as { id: string }[])
    return batch ? by.post(`/payment-batches/${batch.id}/${act}`, body) : found
  }

  /** Three payments at a time. */
  async #onPayments(by: Voice, act: string, body: object) {
    const found = await by.get(`/payments?filter[program]=${this.#local.program}&limit=200`)
    const payments = found.json().data as { id: string }[]
    const ids = [0, 1, 2].flatMap(() => this.#one(payments)?.id ?? [])
    return ids.length ? by.post(`/payments/${act}`, { ids: [...new Set(ids)], ...body }) : found
  }

  #often = (times: number, act: string, step: Step) => Array.from({ length: times }, () => [act, step] as const)

  /** Always the same row of choices: what differs is who comes first. */
  #one<Value>(values: readonly Value[]): Value {
    this.#random = (Math.imul(this.#random, 1_103_515_245) + 12_345) & 0x7fffffff
    return values[(this.#random >>> 8) % values.length] as Value
  }
}
