import assert from 'node:assert/strict'
import { asOwner, cast, eventually, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { type Received, Receiver } from './receiver.ts'

interface Delivery {
  readonly id: string
  readonly state: string
  readonly type: string
  readonly attempt_count: number
  readonly next_at: string | null
  readonly last: { readonly outcome: string; readonly status: number | null } | null
}

let made = 0

/** An admin of Local 100 who sets webhooks up, and the program that they lead to. */
export class Desk {
  readonly receiver = new Receiver()
  readonly house: TestHouse
  readonly admin: Voice

  private constructor(house: TestHouse, admin: Voice) {
    this.house = house
    this.admin = admin
  }

  static async open(house: TestHouse): Promise<Desk> {
    const desk = new Desk(house, await house.as(cast.admin))
    await desk.receiver.listen()
    return desk
  }

  async close(): Promise<void> {
    await asOwner(this.house, 'delete from foundation.webhook_setup')
    await this.receiver.close()
  }

  async hook(wanted: Record<string, unknown> = {}, by = this.admin): Promise<{ id: string; secret: string }> {
    const usual = ['created', 'updated', 'archived', 'admit'].map((act) => `members.member.${act}`)
    const body = { name: `Hook ${++made}`, url: this.receiver.url(), events: usual, ...wanted }
    const reply = await by.post('/webhooks', body)
    assert.equal(reply.statusCode, 201, reply.body)
    return reply.json()
  }

  async member(fields: object = {}): Promise<string> {
    const card = { card_number: `W-${++made}`, last_name: 'Bloor', first_name: 'Ella', ...fields }
    const reply = await this.admin.post('/members', card)
    assert.equal(reply.statusCode, 201, reply.body)
    return reply.json().id
  }

  /** The messages that have arrived, once there are so many. */
  async arrived(count: number): Promise<[Received, ...Received[]]> {
    return await eventually(() => {
      assert.ok(this.receiver.messages.length >= count, `${this.receiver.messages.length} of ${count} have arrived`)
      return this.receiver.messages as [Received, ...Received[]]
    })
  }

  async row(id: string): Promise<Record<string, unknown> & { state: string; reason: string | null; version: number }> {
    return (await this.admin.get(`/webhooks/${id}`)).json()
  }

  async deliveries(id: string): Promise<{ data: [Delivery, ...Delivery[]]; waiting: number }> {
    return (await this.admin.get(`/webhooks/${id}/deliveries`)).json()
  }

  /** Until the newest message has come so far. */
  async settled(id: string, expected: object): Promise<Delivery> {
    return await eventually(async () => {
      const [newest] = (await this.deliveries(id)).data
      assert.partialDeepStrictEqual(newest, expected)
      return newest
    })
  }

  /** Moves the clock: what is tried later, and what somebody holds who may have died, is due now. */
  async later(): Promise<void> {
    await asOwner(
      this.house,
      `update foundation.webhook_delivery set next_at = now(), held_until = null where state = 'waiting';
      update foundation.webhook_setup set resting_until = null`,
    )
    await this.house.engine.jobs.send('webhooks.due-messages-found', {})
  }

  async sql<Row extends Record<string, unknown>>(text: string, values: unknown[] = []): Promise<Row[]> {
    return await asOwner<Row>(this.house, text, values)
  }
}
