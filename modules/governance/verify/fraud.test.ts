import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Office, verifyText } from '../testing/office.ts'
import { Forgery, issuing } from './testing/forgery.ts'

let house: TestHouse
let box: string
let archive: string
let seal: string
let receipts: string[]
beforeAll(async () => {
  house = await openHouse()
  const office = await Office.open(house, 8)
  receipts = await office.online({ 0: 0, 1: 0, 2: 0, 3: 1, 4: 1, 5: 2 })
  await office.hall.officer.post(`/voters/${office.voter(6)}/paper`)
  await office.close()
  const marks = await office.marks(1)
  for (const who of [office.staff, office.officer]) await office.enter(who, '1', marks)
  await office.work()
  seal = (await office.results()).seal
  box = await office.file('box')
  archive = await office.file('archive')
})
afterAll(() => house.close())

const codes = async (text: string, held?: Parameters<typeof verifyText>[1]) =>
  (await verifyText(text, held)).findings.map(({ code }) => code)

test('a box that nobody touched is sound, and so is the archive that begins with it', async () => {
  const verdict = await verifyText(box, { receipts, seal })
  expect(verdict).toMatchObject({ findings: [], ballots: 7, box: { seal: { said: seal, found: seal } } })
  expect(archive.startsWith(box)).toBe(true)
  expect(await codes(archive, { receipts, seal })).toEqual([])
})

/**
 * A fraud is done by somebody who covers it: counters, receipts, results and seal are made to fit. What is found then
 * is found by the proofs of the ballots; what is not, by a receipt or by the published seal.
 */
describe('of five kinds of fraud', () => {
  test('an added ballot is found: nobody can issue one without the key', async () => {
    const forgery = new Forgery(box)
    const line = forgery.add({ vote: 0 })
    const { findings } = await verifyText(forgery.covered())
    expect(findings).toEqual([expect.objectContaining({ code: 'added', line })])
    // Neither can one be signed with another key that the fraudster makes.
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const other = new Forgery(box)
    other.add({ vote: 0, signature: issuing(privateKey) })
    expect(await codes(other.covered())).toEqual(['added'])
  })

  test('a changed ballot is found: nobody can sign for its voter', async () => {
    const forgery = new Forgery(box)
    const line = forgery.change({ from: 0, to: 1 })
    const { findings } = await verifyText(forgery.covered())
    expect(findings).toEqual([expect.objectContaining({ code: 'changed', line })])
  })

  test('a duplicate ballot is found: its token is spent', async () => {
    const forgery = new Forgery(box)
    const { line, before } = forgery.duplicate()
    const { findings } = await verifyText(forgery.covered())
    expect(findings).toEqual([
      expect.objectContaining({ code: 'duplicate', line, params: expect.objectContaining({ before }) }),
    ])
  })

  test.each([
    ['=', (token: string) => `${token}=`],
    ['a blank', (token: string) => `${token} `],
    ['the other alphabet', (token: string) => `${token}====`.replaceAll('-', '+').replaceAll('_', '/')],
  ])('a paper that is used again is found however its token is spelled: with %s', async (_name, spelled) => {
    const forgery = new Forgery(box)
    const pair = forgery.ofKey(generateKeyPairSync('rsa', { modulusLength: 2048 }))
    expect(await codes(forgery.covered())).toEqual([])
    const line = forgery.respell(pair, spelled)
    const { findings } = await verifyText(forgery.covered())
    expect(findings).toEqual([
      expect.objectContaining({ code: 'duplicate', line }),
      expect.objectContaining({ code: 'added', line }),
    ])
  })

  test('a wrong tally is found: the ballots count to something else', async () => {
    const forgery = new Forgery(box)
    forgery.shiftVote()
    const { findings } = await verifyText(forgery.sealed())
    expect(findings.map(({ code }) => code)).toEqual(['tally', 'tally'])
    expect(findings[0]?.params).toMatchObject({
      contest: 'President',
      where: expect.stringMatching(/tally › (Ann|Cho)/),
    })
    const winner = new Forgery(box)
    winner.crown(2)
    expect(await codes(winner.sealed())).toContain('winners')
  })

  test('a dropped ballot is found by counters, and where they are made to fit, by receipt or seal', async () => {
    const plain = new Forgery(box)
    // One of the loser: whoever wins stays the same.
    const dropped = plain.drop(2)
    expect(new Set(await codes(plain.sealed()))).toEqual(new Set(['dropped', 'tally']))
    const covered = plain.covered()
    expect(await codes(covered)).toEqual([])
    const { findings } = await verifyText(covered, { receipts })
    expect(findings).toEqual([expect.objectContaining({ code: 'receipt_missing', receipt: dropped })])
    expect(await codes(covered, { seal })).toEqual(['published_seal'])
  })

  test('each is found too when nobody covers it, by the seal besides', async () => {
    for (const fraud of ['add', 'change', 'duplicate', 'drop', 'shiftVote'] as const) {
      const forgery = new Forgery(box)
      if (fraud === 'add') forgery.add({ vote: 0 })
      else if (fraud === 'change') forgery.change({ from: 0, to: 1 })
      else if (fraud === 'drop') forgery.drop(2)
      else forgery[fraud]()
      const found = await codes(forgery.text())
      expect([fraud, found.includes('seal'), found.length > 1]).toEqual([fraud, true, true])
    }
  })
})

describe('what else is wrong with a box is named', () => {
  const edited = (edit: (forgery: Forgery) => void): Promise<string[]> => {
    const forgery = new Forgery(box)
    edit(forgery)
    return codes(forgery.covered())
  }

  test('a paper that was slipped in needs a counter that lies', async () => {
    expect(await edited((forgery) => forgery.addPaper(0))).toEqual(['counters'])
  })

  test('more issued than there are voters', async () => {
    const issued = (forgery: Forgery) => void (forgery.head.counters['issued'] = 20)
    expect(await edited(issued)).toEqual(['counters'])
  })

  test('a key that is not the one of the fingerprint, or not the published one', async () => {
    const otherKey = (forgery: Forgery) => void (forgery.head.key_fingerprint = 'a'.repeat(64))
    expect(await edited(otherKey)).toEqual(['fingerprint'])
    expect(await codes(box, { key: 'b'.repeat(64) })).toEqual(['published_key'])
  })

  test('rules that count a winner out, or draw ties from a seed that was not published', async () => {
    const rules = (forgery: Forgery) => forgery.head.contests[0]?.counting ?? expect.fail('There is no contest.')
    const countedOut = (forgery: Forgery) => {
      const { candidates, excluded_candidates: out } = rules(forgery)
      out.push(...candidates.splice(0, 1))
    }
    expect(await edited(countedOut)).toEqual(['rules', 'rules'])
    expect(await edited((forgery) => void rules(forgery).candidates.reverse())).toEqual(['rules'])
    expect(await edited((forgery) => void (rules(forgery).tie_break.seed = 'lucky'))).toEqual(['rules'])
    expect(await edited((forgery) => void (forgery.head.seed = 'lucky'))).toEqual(['rules'])
  })

  test('a key of another kind, or one that is too weak, with which nothing can be checked', async () => {
    const pss = { modulusLength: 2048, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256' }
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
    for (const { publicKey } of [generateKeyPairSync('rsa-pss', pss), weak]) {
      const other = (forgery: Forgery) =>
        void (forgery.head.key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64'))
      expect(new Set(await edited(other))).toEqual(new Set(['key']))
    }
  })

  test('a ballot of another election, or one that marks too much', async () => {
    expect(await edited((forgery) => forgery.rewrite((text) => text.replace('"election":"', '"election":"0')))).toEqual(
      expect.arrayContaining(['changed', 'other_election']),
    )
    expect(await edited((forgery) => forgery.rewrite((text) => text.replace('"salt"', '"note":"hi","salt"')))).toEqual(
      expect.arrayContaining(['changed', 'malformed']),
    )
  })

  const damaged: [code: string, text: () => string][] = [
    ['no_seal', () => box.split('\n').slice(0, -2).join('\n')],
    ['after_seal', () => `${box}{"record":"ballot"}\n`],
    ['after_seal', () => `${archive}{"record":"ballot"}\n`],
    ['no_head', () => box.split('\n').slice(1).join('\n')],
    ['no_head', () => ''],
    ['unreadable', () => box.replace('{"record":"ballot"', '{"record":"ball')],
    ['other_format', () => box.replace('commonhall-box/1', 'commonhall-box/9')],
    ['archive_seal', () => archive.replace('"eligible":true', '"eligible":false')],
  ]
  test.each(damaged)('%s', async (code, text) => {
    expect(await codes(text())).toEqual([code])
  })
})
