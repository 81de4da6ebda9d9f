import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, asServer, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { done, inHours, made, Meeting, refused } from '../testing/meeting.ts'

let house: TestHouse
let meeting: Meeting
let organizer: Voice

beforeAll(async () => {
  house = await openHouse()
  meeting = await Meeting.open(house)
  organizer = await house.as(cast.organizer)
})
afterAll(() => house.close())

const revisions = async (id: unknown) =>
  (await meeting.member.get(`/revisions?filter[proposal]=${String(id)}&sort=number`)).json().data as {
    number: number
    text: string
    amendment: string | null
  }[]

describe('the text of a proposal', () => {
  test('has a number, and the member who proposed it, whatever is sent', async () => {
    const given = await meeting.drafted()
    expect(given).toMatchObject({ number: expect.stringMatching(/^P-\d{4}$/), author: meeting.me, text_version: 1 })
    const second = await meeting.drafted()
    expect(Number(second['number']?.slice(2))).toBe(Number(given['number']?.slice(2)) + 1)
  })

  test('is kept in every version once it is discussed, and by nobody but the database', async () => {
    const { id } = await meeting.discussed()
    await meeting.member.patch(`/proposals/${id}`, { text: 'We mend the roof in spring.' })
    await meeting.member.patch(`/proposals/${id}`, { closes_at: inHours(72) })
    expect((await revisions(id)).map(({ number, text }) => [number, text])).toEqual([
      [1, 'We mend the roof.'],
      [2, 'We mend the roof in spring.'],
    ])
    const [org] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'local-100'")
    for (const sql of ['update governance.revision set text = number::text', 'delete from governance.revision'])
      await expect(asServer(house, org?.id ?? '', sql)).rejects.toMatchObject({ code: '42501' })
  })

  test('stays as it is once voting is open, whoever asks, and so does how it is voted on', async () => {
    const { id } = await meeting.opened()
    const text = () => meeting.officer.patch(`/proposals/${id}`, { text: 'We tear it down.' })
    expect((await refused(house, text))[2]).toBe('Voting has begun, so the text stays as it is.')
    const end = () => meeting.officer.patch(`/proposals/${id}`, { closes_at: inHours(99) })
    expect((await refused(house, end))[2]).toMatch(/how and until when it is voted on/)
    const [org] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'local-100'")
    const sql = "update governance.proposal set text = 'x' where id = $1"
    await expect(asServer(house, org?.id ?? '', sql, [id])).rejects.toMatchObject({ code: 'CH409' })
  })

  test('cannot be deleted, nor can what was said of it', async () => {
    const { id } = await meeting.discussed()
    expect((await meeting.officer.delete(`/proposals/${id}`)).statusCode).toBe(404)
    const comment = await made(meeting.member, '/comments', { proposal: id, text: 'It leaks.' })
    expect((await meeting.officer.delete(`/comments/${comment['id']}`)).statusCode).toBe(404)
  })

  test.each([
    [{ opens_at: inHours(5), closes_at: inHours(4) }, 'Voting has to close after it opens.'],
    [{ opens_at: inHours(5), closes_at: null }, 'Say when voting closes.'],
    [{ opens_at: inHours(-1) }, 'Voting opens in the future, or by hand once the discussion is over.'],
  ])('is not put to a vote at %j', async (days, sentence) => {
    const given = { title: 'x', text: 'y', closes_at: inHours(48), ...days }
    expect((await refused(house, () => meeting.member.post('/proposals', given)))[2]).toContain(sentence)
  })
})

describe('an amendment', () => {
  const amended = (id: unknown, text: string) =>
    made(organizer, '/amendments', { proposal: id, summary: 'Another season', text })

  test('that is accepted becomes the next version', async () => {
    const { id } = await meeting.discussed()
    const amendment = await amended(id, 'We mend the roof in fall.')
    expect(amendment).toMatchObject({ of_version: 1, state: 'open' })
    await done(meeting.officer, `/amendments/${amendment['id']}/accept`)
    expect((await meeting.member.get(`/proposals/${id}`)).json()).toMatchObject({
      text: 'We mend the roof in fall.',
      text_version: 2,
    })
    expect((await revisions(id)).at(-1)).toMatchObject({ number: 2, amendment: amendment['id'] })
  })

  test('to an older version says so before it replaces the newer text', async () => {
    const { id } = await meeting.discussed()
    const amendment = await amended(id, 'We mend the roof in fall.')
    await meeting.member.patch(`/proposals/${id}`, { text: 'We mend the roof, and the gutter.' })
    const accept = (body = {}) => meeting.officer.post(`/amendments/${amendment['id']}/accept`, body)
    expect((await refused(house, accept))[2]).toMatch(/made to version 1, and the text is at version 2/)
    expect((await accept({ over_newer: true })).statusCode).toBe(200)
    expect((await revisions(id)).map(({ number }) => number)).toEqual([1, 2, 3])
  })

  test('is accepted by the board alone, withdrawn by its author alone, made only in discussion', async () => {
    const { id } = await meeting.discussed()
    const made1 = organizer.post('/amendments', { proposal: id, summary: 's', text: 't' })
    const amendment = (await made1).json().id
    expect((await meeting.member.post(`/amendments/${amendment}/accept`)).statusCode).toBe(403)
    expect((await meeting.officer.post(`/amendments/${amendment}/withdraw`)).statusCode).toBe(403)
    await done(meeting.officer, `/amendments/${amendment}/reject`, { reason: 'Too dear' })
    await meeting.officer.patch(`/proposals/${id}`, { rule_set: await meeting.rules() })
    const late = await amended(id, 'We mend nothing.')
    await done(meeting.officer, `/proposals/${id}/open-vote`)
    const again = { proposal: id, summary: 's', text: 't' }
    const sentence = 'The text can be amended only while it is discussed.'
    expect((await refused(house, () => organizer.post('/amendments', again)))[2]).toBe(sentence)
    expect((await refused(house, () => meeting.officer.post(`/amendments/${late['id']}/accept`)))[2]).toBe(sentence)
  })
})

describe('a comment', () => {
  test('is answered, reworded by its author alone, and says so', async () => {
    const { id } = await meeting.discussed()
    const first = await made(meeting.member, '/comments', { proposal: id, text: 'It leaks.' })
    const answer = await made(organizer, '/comments', { proposal: id, answers: first['id'], text: 'Since May.' })
    expect(answer).toMatchObject({ answers: first['id'], edited_at: null })
    const reworded = await meeting.member.patch(`/comments/${first['id']}`, { text: 'It leaks badly.' })
    expect(reworded.json()).toMatchObject({ text: 'It leaks badly.', edited_at: expect.any(String) })
    expect((await meeting.officer.patch(`/comments/${first['id']}`, { text: 'x' })).statusCode).toBe(403)
  })

  test('that is hidden is there for its author and the board alone, until it is shown again', async () => {
    const { id } = await meeting.discussed()
    const { id: comment } = await made(meeting.member, '/comments', { proposal: id, text: 'Zyxwvut.' })
    expect((await meeting.member.post(`/comments/${comment}/hide`, { reason: 'Rude' })).statusCode).toBe(403)
    await done(meeting.officer, `/comments/${comment}/hide`, { reason: 'Rude' })
    const seen = async (voice: Voice) => (await voice.get(`/comments?filter[proposal]=${id}`)).body.includes('Zyxwvut')
    expect([await seen(organizer), await seen(meeting.member), await seen(meeting.officer)]).toEqual([
      false,
      true,
      true,
    ])
    const edit = () => meeting.member.patch(`/comments/${comment}`, { text: 'Kinder.' })
    expect((await refused(house, edit))[2]).toContain('This comment is hidden.')
    await done(meeting.officer, `/comments/${comment}/show`)
    expect(await seen(organizer)).toBe(true)
  })

  test('belongs to the proposal that it answers on, and to none that is a draft or over', async () => {
    const [one, two] = [await meeting.discussed(), await meeting.discussed()]
    const { id: answers } = await made(meeting.member, '/comments', { proposal: one['id'], text: 'Here.' })
    const astray = { proposal: two['id'], answers, text: 'There.' }
    expect((await refused(house, () => organizer.post('/comments', astray)))[2]).toMatch(/another proposal/)
    await done(meeting.officer, `/proposals/${two['id']}/withdraw`, { reason: 'Not needed' })
    const late = { proposal: two['id'], text: 'Late.' }
    expect((await refused(house, () => organizer.post('/comments', late)))[2]).toMatch(/while a proposal is discussed/)
  })
})
