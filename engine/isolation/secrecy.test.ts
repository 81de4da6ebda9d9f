import { afterAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { Polling } from '../../modules/governance/testing/polling.ts'
import { harmless, isOfOrg, operationsOf, shown } from './testing/operations.ts'

/** What differs between two houses in which the very same happens, by its nature: by what stands for it then. */
const random: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'an id'],
  [/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|\+00:00)/g, 'an instant'],
  // The key of the election, its fingerprint, cursors, and the number of a request.
  [/[\w+/=-]{40,}/g, 'a key or a cursor'],
  // Cards of the people that a test signs up.
  [/\b[0-9a-f]{8}(?=\d)/g, 'a card'],
  [/"(?:xid|position|age|ms|seconds|n)":"?\d+"?/g, 'a count of the machine'],
]

const plain = (text: string) => random.reduce((said, [what, name]) => said.replace(what, name), text)

const houses: TestHouse[] = []
afterAll(() => Promise.all(houses.map((house) => house.close())))

/** Who runs elections, who helps, and who votes. */
const roles = ['admin', 'officer', 'staff', 'member']

/** What a route answers while everybody looks: all of it but the machine's own counts. */
const skipped = /^\/(live|audit|files|imports|webhooks|api-keys)\b|\/history$/

/** Holds an election in which all choose the same place, and answers what everybody is told of it meanwhile. */
async function told(place: number): Promise<ReadonlyMap<string, string>> {
  const house = await openHouse()
  houses.push(house)
  const polling = await Polling.open(house, 6)
  const voices: [string, Voice][] = []
  for (const role of roles) voices.push([role, await house.as(`${role}@local-100.example`)])
  const admin = voices[0]?.[1] as Voice
  const topics = 'elections,contests,candidates'
  const { next } = (await admin.get(`/live?topics=${topics}&wait=0`)).json()
  for (const voter of polling.voters) await polling.vote(voter, polling.choosing(place))
  const replies = new Map<string, string>()
  const live = await admin.get(`/live?topics=${topics}&wait=1&after=${encodeURIComponent(next)}`)
  replies.set('the live stream', JSON.stringify(live.json().events))
  const [contest] = await asOwner<{ id: string }>(house, 'select id from governance.contest where election = $1', [
    polling.election,
  ])
  const ids = new Map([
    ['elections', polling.election],
    ['contests', contest?.id ?? ''],
    ['voters', polling.voters[0]?.voter ?? ''],
  ])
  const operations = (await operationsOf(house.app)).filter((one) => isOfOrg(one) && one.method === 'GET')
  for (const operation of operations.filter(({ path }) => !skipped.test(shown(path)))) {
    for (const [role, voice] of voices) {
      const reply = await voice.send(harmless(operation, 'local-100', ids))
      replies.set(`${role} ${shown(operation.path)}`, plain(`${reply.statusCode} ${reply.body}`))
    }
  }
  return replies
}

test(
  'while voting is open, nobody is told anything that depends on how people vote',
  { timeout: 180_000 },
  async () => {
    const [first, second] = [await told(0), await told(2)]
    expect(first.size).toBeGreaterThan(300)
    const different = [...first].flatMap(([asked, reply]) => {
      const other = second.get(asked) ?? ''
      const from = [...reply].findIndex((char, index) => char !== other[index])
      return other === reply
        ? []
        : [`${asked}: ${reply.slice(from - 60, from + 60)} or ${other.slice(from - 60, from + 60)}`]
    })
    expect(different).toEqual([])
    // Turnout is told, and it is the same.
    expect(first.get('member /elections/{id}/watch')).toContain('"taken":6')
  },
)
