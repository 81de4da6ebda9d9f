import './words.ts'
import { describe, expect, test } from 'vitest'
import type { Delivery, EventType, Webhook } from '../wire/webhooks.ts'
import { groupsOf, typesOf } from './groups.ts'
import { deliveryStanding, duration, eventLabel, hostOf, nextTry, standing } from './standing.ts'
import { basisOf, changesIn, formatFor } from './use-webhook-form.ts'

const event = (type: string, label: string, module: string, resource: string | null): EventType => ({
  type,
  label,
  module,
  resource,
  example: {},
})

const events = [
  event('foundation.role.created', 'Role added', 'Organization', 'foundation.role'),
  event('members.member.created', 'Member added', 'Members', 'members.member'),
  event('members.member.updated', 'Member changed', 'Members', 'members.member'),
  event('members.standing-changed', 'Standing changed', 'Members', null),
]

describe('events are offered', () => {
  test('by module and thing, the house’s own last', () => {
    expect(groupsOf(events, '').map(({ module, things }) => [module, things.map(({ resource }) => resource)])).toEqual([
      ['Members', ['members.member', null]],
      ['Organization', ['foundation.role']],
    ])
  })

  test('as far as they match every word that is looked for; "everything" means all the same', () => {
    const found = groupsOf(events, 'changed  MEMBERS')
    expect(found.flatMap(({ things }) => things.flatMap((thing) => thing.events.map(({ label }) => label)))).toEqual([
      'Member changed',
      'Standing changed',
    ])
    expect(groupsOf(events, 'nothing of it')).toEqual([])
    expect(typesOf(events, 'Members')).toHaveLength(3)
  })

  test('by their names, and by their types once nobody knows them any more', () => {
    expect(
      ['members.member.updated', 'gone.thing.created', 'webhook.test'].map((type) => eventLabel(events, type)),
    ).toEqual(['Member changed', 'gone.thing.created', 'Test'])
  })
})

describe('the form', () => {
  const before = { name: 'n8n', url: 'https://n8n.example/a', format: 'standard', events: new Set(['a', 'b']) } as const

  test('sends what differs alone, so that a new name asks for no proof', () => {
    expect(changesIn(before, { ...before, events: new Set(['b', 'a']) })).toEqual({})
    expect(changesIn(before, { ...before, name: ' n8n: members ' })).toEqual({ name: 'n8n: members' })
    expect(changesIn(before, { ...before, format: 'slack', events: new Set(['a']) })).toEqual({
      format: 'slack',
      events: ['a'],
    })
  })

  test('is saved on top of a pause, and not on top of what somebody else changed', () => {
    const first = { ...before, events: ['a', 'b'], version: 1, state: 'active' } as unknown as Webhook
    expect(basisOf(first, { ...first, version: 2, state: 'paused' }).version).toBe(2)
    expect(basisOf(first, { ...first, version: 3, url: 'https://n8n.example/b' }).version).toBe(1)
  })

  test('knows an address of Slack when it sees one, and leaves a choice alone', () => {
    expect(formatFor('https://hooks.slack.com/services/T0/B0/x', 'standard')).toBe('slack')
    expect(formatFor('https://hooks.slack.com/services/T0/B0/x', 'mattermost')).toBe('mattermost')
    expect(formatFor('https://evil.example/https://hooks.slack.com/', 'standard')).toBe('standard')
  })
})

describe('in words:', () => {
  const hook = (state: Webhook['state'], since: string | null = null) => ({ state, failing_since: since }) as Webhook
  const now = Date.parse('2026-05-01T08:00:00Z')
  const due = (at: string | null) => ({ next_at: at }) as Delivery

  test('how a webhook stands', () => {
    expect(
      [hook('active'), hook('active', '2026-05-01T07:00:00Z'), hook('paused'), hook('disabled')].map(standing),
    ).toEqual([
      { tone: 'good', word: 'Active' },
      { tone: 'bad', word: 'Not getting through' },
      { tone: 'idle', word: 'Paused' },
      { tone: 'bad', word: 'Switched off' },
    ])
  })

  test('when a message is tried next', () => {
    expect(nextTry(due('2026-05-01T10:00:00Z'), hook('active'), now)).toBe('Next try in 2 hours')
    expect(nextTry(due('2026-05-01T08:00:05Z'), hook('active'), now)).toBe('Next try in a moment')
    expect(nextTry(due('2026-05-01T10:00:00Z'), hook('paused'), now)).toBe('Waits until the webhook is resumed')
  })

  test('what became of a message, how long it took, and where it went', () => {
    expect(deliveryStanding({ state: 'failed', type: 'webhook.test' } as Delivery).word).toBe('Not arrived')
    expect(deliveryStanding({ state: 'failed', type: 'members.member.created' } as Delivery).word).toBe('Given up')
    expect([duration(35), duration(1440)]).toEqual(['35 ms', '1.4 s'])
    expect(hostOf('https://hooks.slack.com/services/T0/B0/secret')).toBe('hooks.slack.com')
  })
})
