import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, formOf, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { Meeting } from '../testing/meeting.ts'

let house: TestHouse
let meeting: Meeting
/** A member like the author, and somebody of another office than the one that runs proposals. */
let other: Voice
let draft: string

beforeAll(async () => {
  house = await openHouse()
  meeting = await Meeting.open(house)
  other = await house.as(cast.organizer)
  const given = await meeting.drafted({ title: 'Zyxwvut', text: 'We zyxwvut the hall.' })
  draft = given['id'] ?? ''
})
afterAll(() => house.close())

const doors: Readonly<Record<string, (voice: Voice) => Promise<{ body: string }>>> = {
  'the list': (voice) => voice.get('/proposals?limit=200'),
  'the list by state': (voice) => voice.get('/proposals?filter[state]=draft'),
  'the search': (voice) => voice.get('/proposals?q=zyxwvut'),
  'its address': (voice) => voice.get(`/proposals/${draft}`),
  'its history': (voice) => voice.get(`/proposals/${draft}/history`),
}

describe('a draft', () => {
  test.each(Object.entries(doors))('is found by %s by its author and the office alone', async (_door, go) => {
    for (const voice of [meeting.member, meeting.officer, meeting.staff])
      expect((await go(voice)).body).toMatch(/zyxwvut/i)
    expect((await go(other)).body).not.toMatch(/zyxwvut/i)
  })

  test('counts in no total of others', async () => {
    const total = async (voice: Voice) => (await voice.get('/proposals?count=exact')).json().total as number
    expect((await total(meeting.officer)) - (await total(other))).toBe(1)
  })

  test('has a vote to look at for them alone, and no file of it is found', async () => {
    expect((await other.get(`/proposals/${draft}/vote`)).statusCode).toBe(404)
    expect((await meeting.member.get(`/proposals/${draft}/vote`)).json().why_not).toBe('Voting has not opened yet.')
    const url = `/api/v1/orgs/local-100/proposals/${draft}/files`
    const form = formOf({ name: 'zyxwvut.txt', bytes: 'Estimate' })
    const attached = await meeting.officer.send({ method: 'POST', url, ...form })
    expect(attached.statusCode, attached.body).toBe(201)
    expect((await meeting.officer.get(`/files?filter[record]=${draft}`)).body).toContain('zyxwvut')
    expect((await other.get(`/files?filter[record]=${draft}`)).body).not.toContain('zyxwvut')
  })

  test('is heard of live by them alone', async () => {
    const next = async (voice: Voice) => (await voice.get('/live?topics=proposals&wait=0')).json().next as string
    const [officer, stranger] = [await next(meeting.officer), await next(other)]
    await meeting.member.patch(`/proposals/${draft}`, { text: 'We zyxwvut the hall soon.' })
    const heard = async (voice: Voice, after: string) =>
      (await voice.get(`/live?topics=proposals&wait=0&after=${after}`)).json().events as { data: { id: string } }[]
    expect((await heard(meeting.officer, officer)).map(({ data }) => data.id)).toContain(draft)
    expect(await heard(other, stranger)).toEqual([])
  })

  test("is no longer one once it is discussed, and what it was before stays its author's", async () => {
    expect((await meeting.member.get(`/revisions?filter[proposal]=${draft}`)).json().data).toEqual([])
    expect((await meeting.member.post(`/proposals/${draft}/discuss`)).statusCode).toBe(200)
    expect((await other.get(`/proposals/${draft}`)).json().title).toBe('Zyxwvut')
    const { data } = (await other.get(`/revisions?filter[proposal]=${draft}`)).json()
    expect(data).toMatchObject([{ number: 1, text: 'We zyxwvut the hall soon.' }])
  })
})
