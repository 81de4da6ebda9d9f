import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { termsInWords } from './terms-in-words.ts'

let house: TestHouse
let officer: Voice
beforeAll(async () => {
  house = await openHouse()
  officer = await house.as(cast.officer)
})
afterAll(() => house.close())

const projectCalled = async (name: string) =>
  (await officer.get(`/projects?q=${encodeURIComponent(name)}`)).json().data[0] as { id: string; contractor: string }

const offersOf = async (project: string) =>
  (await officer.get(`/offers?filter[project]=${project}&limit=200`)).json().data as Record<string, unknown>[]

describe('the terms of an award in words', () => {
  test.each([
    [
      { award_hours: '1500.00', award_amount: '15000.00', award_expires_on: '2026-09-30' },
      'Journeyman $10.00 an hour; at most 1,500.00 hours; at most $15,000.00 in all; until September 30, 2026.',
    ],
    [{ award_hours: null, award_amount: null, award_expires_on: null }, 'Journeyman $10.00 an hour.'],
  ])('%o', (award, words) =>
    expect(termsInWords({ ...award, rates: [{ classification: 'Journeyman', rate: '10.0000' }] })).toBe(words),
  )

  test('a rate keeps the digits that it has', () => {
    const rates = [{ classification: 'Foreman', rate: '1009.2525' }]
    const award = { award_hours: null, award_amount: null, award_expires_on: null, rates }
    expect(termsInWords(award)).toBe('Foreman $1,009.2525 an hour.')
  })
})

describe('an award', () => {
  test('is offered to every signatory contractor in good standing, in the same words, and that is kept', async () => {
    const { id } = await projectCalled('Canal Street School')
    const reply = await officer.post(`/projects/${id}/offer`, {})
    expect(reply.statusCode, reply.body).toBe(200)
    const { terms, told, untold } = reply.json()
    expect(terms).toContain('Journeyman $10.00 an hour; at most 1,500.00 hours')
    expect(told).toEqual([expect.objectContaining({ name: 'Bayline Electric', people: 1 })])
    const names = untold.map(({ name }: { name: string }) => name)
    expect(names).toContain('Northgate Power')
    expect(names).not.toContain('Ridgeway Mechanical')
    expect(names).not.toContain('Open Shop Builders')
    // The others are told by letter, and that is kept as well; who knows already is not told twice.
    const byLetter = await officer.post(`/projects/${id}/offer`, { how: 'By letter' })
    expect(byLetter.json().told.map(({ name }: { name: string }) => name)).toEqual(names)
    expect((await officer.post(`/projects/${id}/offer`, {})).json()).toMatchObject({ told: [], untold: [] })
    const kept = await offersOf(id)
    expect(new Set(kept.map((row) => row['terms']))).toEqual(new Set([terms]))
    expect(kept).toHaveLength(1 + names.length)
  })

  test('is the board’s: the office asks for it, and neither begins with it nor makes it more', async () => {
    const { contractor } = await projectCalled('Canal Street School')
    const staff = await house.as(cast.staff)
    const sent = (more: object) => staff.post('/projects', { name: crypto.randomUUID(), contractor, ...more })
    for (const more of [{ state: 'agreed' }, { award_hours: '10' }, { award_expires_on: '2040-01-01' }]) {
      const [path] = Object.keys(more)
      expect((await sent(more)).json()).toMatchObject({ status: 422, errors: [{ path, code: 'not_decided' }] })
    }
    const asked = await sent({ hours_wanted: '100' })
    expect(asked.statusCode, asked.body).toBe(201)
    const path = `/projects/${asked.json().id}`
    expect((await staff.patch(path, { award_amount: '99999' })).statusCode).toBe(422)
    expect((await staff.patch(path, { place: 'Canal Street' })).statusCode).toBe(200)
    expect((await officer.patch(path, { award_amount: '9000' })).statusCode).toBe(200)
    expect((await staff.patch(path, { award_amount: '9000', place: 'Pier 4' })).statusCode).toBe(200)
  })

  test('reaches the people of the contractor in their inbox, and they see that offer alone', async () => {
    const rita = await house.as('contractor@local-100.example')
    const news = (await rita.get('/inbox')).json().data as { title: string }[]
    expect(news.map(({ title }) => title)).toContain('Canal Street School: an award for every signatory bidder')
    const seen = (await rita.get('/offers')).json().data as Record<string, unknown>[]
    expect(new Set(seen.map((row) => (row['titles'] as Record<string, string>)['contractor']))).toEqual(
      new Set(['Bayline Electric']),
    )
    expect(seen[0]).toMatchObject({ people: 1, titles: { project: 'Canal Street School' } })
  })

  test('is told anew when its terms change', async () => {
    const project = await projectCalled('Canal Street School')
    await officer.patch(`/projects/${project.id}`, { award_hours: '1600.00' })
    const { told } = (await officer.post(`/projects/${project.id}/offer`, { contractors: [project.contractor] })).json()
    expect(told).toHaveLength(1)
  })

  test.each([
    ['Orchard Way Clinic', 'has no award that could be offered'],
    ['Foundry Lofts', 'has no award that could be offered'],
  ])('is not offered for %s, and nothing is written', async (name, reason) => {
    const { id } = await projectCalled(name)
    const before = await offersOf(id)
    const reply = await officer.post(`/projects/${id}/offer`, {})
    expect(reply.statusCode).toBe(409)
    expect(reply.json().detail).toContain(reason)
    expect(await offersOf(id)).toEqual(before)
  })

  test('needs rates first', async () => {
    const { contractor, id: other } = await projectCalled('Canal Street School')
    const [program] = (await officer.get('/programs?filter[state]=active')).json().data
    const made = await officer.post('/projects', { name: 'Library', contractor, program: program.id })
    await officer.post(`/projects/${made.json().id}/award`)
    const reply = await officer.post(`/projects/${made.json().id}/offer`, {})
    expect(reply.json()).toMatchObject({ status: 409, detail: expect.stringContaining('it has no award rates yet') })
    expect(other).not.toBe(made.json().id)
  })

  test('stays offered, whoever writes', async () => {
    const sql = "update market_recovery.offer set terms = 'More'"
    await expect(
      house.engine.act(await house.caller(), (_context, transaction) => transaction.query(sql)),
    ).rejects.toMatchObject({ message: 'market-recovery:offer.stays' })
    expect(await asOwner(house, "select from market_recovery.offer where terms = 'More'")).toEqual([])
  })

  test('is for the board: staff cannot make it', async () => {
    const staff = await house.as(cast.staff)
    const { id } = await projectCalled('Canal Street School')
    expect((await staff.post(`/projects/${id}/offer`, {})).statusCode).toBe(403)
  })
})
