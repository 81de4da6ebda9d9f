import type { Registry } from './registry.ts'

/**
 * People stand for what says so; and what looks at all records at once, such as a report, is never opened by being
 * somebody's own: it would show each of them everybody's. Refused at boot.
 */
export function checkParties(registry: Registry): void {
  for (const [permission, { owners }] of registry.rules)
    for (const { party } of owners)
      if (party !== null && !registry.resources.get(party)?.party)
        throw new Error(`The rule "${permission}" is for people of "${party}", which nobody can stand for.`)
  const wide = [...registry.reports.values(), ...registry.metrics]
  for (const { name, rule } of wide) {
    const { owners = [], parties = false } = registry.rules.get(rule) ?? {}
    if (owners.length || parties)
      throw new Error(`"${name}" looks at all records, but its rule "${rule}" opens to those whose own they are.`)
  }
}
