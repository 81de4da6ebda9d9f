import { addWords } from '@commonhall/kernel'
import { describe, expect, test } from 'vitest'
import { words } from '../words/en.ts'
import { faultsOfRules } from './faults.ts'
import { rulesInWords } from './in-words.ts'
import { presets } from './presets.ts'

addWords('governance', words)

const [{ rules: coop } = { rules: undefined }] = presets
if (!coop) throw new Error('There are presets.')

describe('rules', () => {
  test.each<[object, string[]]>([
    [{}, []],
    [{ quorum: 'number' }, ['quorum_number no_number']],
    [{ quorum_share: null }, ['quorum_share no_share']],
    [{ quorum_share: '4/3' }, ['quorum_share no_fraction']],
    [{ quorum: 'units' }, ['quorum no_units']],
    [{ quorum: 'units', electorate: 'unit' }, []],
    [{ threshold: '66 %' }, ['threshold no_fraction']],
    [{ threshold: '0/1' }, ['threshold no_fraction']],
    [{ threshold: '3/3' }, ['threshold more_than_all']],
    [{ threshold: '3/3', at_least: true }, []],
    [{ proxies: 'allowed' }, ['proxies_per_holder no_limit']],
    [{ union_election: true, notice_days: 15 }, []],
    [{ union_election: true, notice_days: 14 }, ['notice_days union_notice']],
    [
      { union_election: true, notice_days: 15, electorate: 'share', proxies: 'allowed', proxies_per_holder: 1 },
      ['electorate union_weighted', 'proxies union_proxies'],
    ],
  ])('%j: %j', (change, faults) => {
    const found = faultsOfRules({ ...coop, ...change })
    expect(found.map(({ path, code }) => `${path} ${code}`)).toEqual(faults)
  })

  test.each(presets)('of the preset $preset are right, and can be said', ({ rules }) => {
    expect(faultsOfRules(rules)).toEqual([])
    const said = rulesInWords({ ...rules, id: '', name: '', from_on: '' })
    expect(said.length).toBeGreaterThan(3)
    for (const sentence of said) expect(sentence).toMatch(/^[A-Z0-9].*\.$/)
    expect(said.join(' ')).not.toMatch(/\{\{|rules\./)
  })

  test('are said in the order in which people ask', () => {
    expect(rulesInWords({ ...coop, id: '', name: '', from_on: '' })).toEqual([
      'Each member has one vote.',
      'At least 1/3 of the electorate has to vote.',
      'Abstentions count toward that, and so does being there.',
      'To pass, more than 1/2 of the votes for and against must be for it, and more for it than against it.',
      '7 days of notice are given before the vote.',
      'Everybody votes for themselves.',
    ])
  })
})
