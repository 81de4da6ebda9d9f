import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { clockStandsStill, codeOf } from '../testing/factors.ts'
import { makeRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts'
import { makeAppSetup, stepOfCode } from './totp.ts'

clockStandsStill()

describe('a code of an authenticator app', () => {
  // The secret and the codes of RFC 6238, appendix B, as far as six digits go.
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [20_000_000_000, '353130'],
  ])('at second %i is %s, as the standard has it', (second, code) => {
    expect(stepOfCode(secret, code, second * 1_000)).toBe(Math.floor(second / 30))
    expect(stepOfCode(secret, ` ${code.slice(0, 3)} ${code.slice(3)} `, second * 1_000)).toBe(Math.floor(second / 30))
  })

  test('counts half a minute early or late, and no more', () => {
    const step = Math.floor(59 / 30)
    for (const late of [-30, 0, 30]) expect(stepOfCode(secret, '287082', (59 + late) * 1_000)).toBe(step)
    for (const late of [-60, 60, 3_600]) expect(stepOfCode(secret, '287082', (59 + late) * 1_000)).toBeNull()
  })

  test.each(['', '28708', '2870820', 'abcdef', '287O82', '２８７０８２', '-87082'])('%j is none', (code) => {
    expect(stepOfCode(secret, code, 59_000)).toBeNull()
  })
})

describe('what an app is given', () => {
  test('makes it show the codes that are asked for, under the name of the house', async () => {
    const { secret, uri } = await makeAppSetup('staff@local-100.example')
    expect(secret).toMatch(/^[A-Z2-7]{32}$/)
    expect(uri).toMatch(/^otpauth:\/\/totp\/Commonhall:staff%40local-100\.example\?issuer=Commonhall&secret=/)
    expect(stepOfCode(secret, codeOf(secret))).not.toBeNull()
    expect((await makeAppSetup('staff@local-100.example')).secret).not.toBe(secret)
  })

  test('is a picture of lines alone, small for any address that there can be', async () => {
    const { qr } = await makeAppSetup('staff@local-100.example')
    expect(qr).toMatch(/^<svg [^>]+><path [^>]+\/><path [^>]+\/><\/svg>\s*$/)
    expect(qr.length).toBeLessThan(8_000)
    const { uri, qr: large } = await makeAppSetup(`${'ä'.repeat(64)}@${'ö'.repeat(185)}.de`)
    expect(uri.length).toBeLessThan(2_000)
    expect(large.length).toBeLessThan(100_000)
  })
})

describe('recovery codes', () => {
  const key = randomBytes(32)

  test('are ten, all different, in groups, of letters that are not taken for others', () => {
    const codes = makeRecoveryCodes()
    expect(new Set(codes).size).toBe(10)
    for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}$/)
  })

  test('are known however they are typed, for one person, with one key', () => {
    const kept = recoveryCodeHash(key, 'a', '10op-3mxq-9tvw'.replace('o', '0'))
    for (const typed of ['100p-3mxq-9tvw', 'IOOP 3MXQ 9TVW', 'l0op3mxq9tvw', ' 10-0p3m-xq9tvw '])
      expect(recoveryCodeHash(key, 'a', typed)).toEqual(kept)
    expect(recoveryCodeHash(key, 'b', '100p-3mxq-9tvw')).not.toEqual(kept)
    expect(recoveryCodeHash(randomBytes(32), 'a', '100p-3mxq-9tvw')).not.toEqual(kept)
  })
})
