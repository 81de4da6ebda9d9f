import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const shared = 'modules/governance/counting/testing/cases'
let folder: string

beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'commonhall-count-'))))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ended {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** As it is typed. A data folder that cannot be made shows that none is wanted. */
const election = (...args: readonly string[]): Promise<Ended> =>
  new Promise((done) => {
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: '/dev/null/house' }
    execFile('bin/commonhall', ['election', 'count', ...args], { env }, (error, out, err) =>
      done({ code: error ? Number(error.code) : 0, out, err }),
    )
  })

function file(name: string, content: string | object): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const rules = { method: 'irv', candidates: ['Ann', 'Ben'], tie_break: { mode: 'ask' } }

test('prints the count as JSON, of the shape that tabulators exchange', async () => {
  const of = (name: string) => `${shared}/2015-portland-mayor/${name}`
  const { code, out, err } = await election('--rules', of('rules.json'), of('ballots.csv'))
  expect([code, err]).toEqual([0, ''])
  expect(JSON.parse(out)).toEqual(JSON.parse(readFileSync(of('expected.json'), 'utf8')))
})

test('tells the rounds in words, from BLT too', async () => {
  const blt = file('votes.blt', '2 1\n3 1 0\n1 2 0\n0\n"Ann"\n"Ben"\n"Chair"\n')
  const { code, out } = await election('--explain', '--rules', file('rules.json', rules), blt)
  expect(code).toBe(0)
  expect(out).toContain('Round 1, 3 votes are needed')
  expect(out).toContain('Ann is elected: 3 votes reach the 3 that are needed.')
  expect(out).toContain('Elected: Ann')
})

test('asks at a tie, and ends with 1', async () => {
  const csv = file('tie.csv', 'count,rank1\n1,Ann\n1,Ben\n')
  const { code, out, err } = await election('--rules', file('rules.json', rules), csv)
  expect([code, err]).toEqual([1, 'Round 1 is a tie. Who of these is elected: Ann and Ben?\n'])
  expect(JSON.parse(out)).toMatchObject({ winners: [], asks: { round: 1, for: 'elected', among: ['Ann', 'Ben'] } })
})

describe('what is wrong is said in one sentence', () => {
  const good = () => file('good.json', rules)
  test.each([
    [() => [file('a.csv', '')], 2, '--rules rules.json'],
    [() => ['--rules', good()], 2, 'BALLOTS'],
    [() => ['--rules', good(), '--format', 'pdf', 'a'], 2, 'no format "pdf"'],
    [() => ['--rules', good(), 'nowhere.csv'], 1, 'There is no file nowhere.csv.'],
    [() => ['--rules', 'nowhere.json', 'a'], 1, 'There is no file nowhere.json.'],
    [() => ['--rules', file('bad.json', '{'), 'a'], 1, 'bad.json is not JSON'],
    [() => ['--rules', file('no.json', { ...rules, method: 'x' }), 'a'], 1, 'no.json: The rules say "x" for "method"'],
    [() => ['--rules', good(), file('b.csv', 'count,rank1\n1,Zoe\n')], 1, 'b.csv, row 2, column rank1: "Zoe"'],
    [() => ['--rules', good(), file('c.blt', '1 1\n0\n"Zoe"\n')], 1, 'c.blt: "Zoe" is no candidate of the rules.'],
  ])('%#', async (args, code, sentence) => {
    const ended = await election(...args())
    expect([ended.code, ended.out]).toEqual([code, ''])
    expect(ended.err).toContain(sentence)
  })
})
