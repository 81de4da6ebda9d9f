import type { Insertable } from 'kysely'
import { dayAfter, type Org, type Tables } from '@commonhall/kernel'

export type DemoMember = Insertable<Tables['members.member']>

// Invented names of many origins; any likeness is chance.
const firstNames = [
  'Ana',
  'Bernard',
  'Carmen',
  'Dmitri',
  'Esther',
  'Farid',
  'Grace',
  'Hiroshi',
  'Imani',
  'Jorge',
  'Katya',
  'Luis',
  'Maeve',
  'Nadia',
  'Omar',
  'Priya',
  'Quentin',
  'Rosa',
  'Stefan',
  'Thuy',
  'Ursula',
  'Victor',
  'Wanda',
  'Xavier',
  'Yusuf',
  'Zoë',
  'Aidan',
  'Beatriz',
  'Cyrus',
  'Delia',
]
const lastNames = [
  'Abara',
  'Bellweather',
  'Castellanos',
  'Delacroix',
  'Eriksen',
  'Fairbanks',
  'Galvão',
  'Hollis',
  'Ibarra',
  'Jankowski',
  'Kowalczyk',
  'Lindqvist',
  'Mbeki',
  'Nakamura',
  "O'Rourke",
  'Petrov',
  'Quiñones',
  'Rasmussen',
  'Sokolova',
  'Tremblay',
  'Udall',
  'Vasquez',
  'Whitfield',
  'Xiong',
  'Yılmaz',
  'Zamora',
  'Smithfield',
  'Okonkwo',
  'Thornbury',
  'Marchetti',
  'Devereux',
  'Hawthorne',
  'Iyer',
  'Lockhart',
  'Osei',
  'Pemberton',
  'Steinberg',
]
const streets = [
  'Cedar St',
  'Mill Rd',
  'Harbor Ave',
  'Union Sq',
  'Foundry Ln',
  'Orchard Way',
  'Canal St',
  'Prospect Ave',
]
const trades = [
  'Journeyman',
  'Journeyman',
  'Journeyman',
  'Apprentice 1',
  'Apprentice 2',
  'Apprentice 3',
  'Foreman',
  'Helper',
]
const shares = ['Shareholder', 'Shareholder', 'Shareholder', 'Associate']
const states = [
  'active',
  'active',
  'active',
  'active',
  'active',
  'active',
  'active',
  'retired',
  'applicant',
  'active',
  'active',
  'suspended',
  'active',
  'active',
  'withdrawn',
  'active',
] as const

const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item

/** A day so many days after the first of January 1990. */
const day = (days: number) => dayAfter('1990-01-01', days)

/** The people numbered `from` onward of an org's roll: the same ones each time. */
export function demoMembers(org: Org, from: number, count: number): DemoMember[] {
  const union = org.kind === 'union-local'
  const prefix = org.slug
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 2)
    .toUpperCase()
  const twist = Array.from(org.slug).reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  return Array.from({ length: count }, (_, offset) => {
    const n = from + offset
    const seed = n * 7919 + twist * 31
    const first = pick(firstNames, seed)
    const last = pick(lastNames, Math.floor(seed / 3) + n)
    const state = pick(states, seed >> 2)
    const joined = 4000 + ((seed * 13) % 9000)
    return {
      card_number: `${prefix}${String(10_001 + n)}`,
      first_name: first,
      last_name: last,
      middle_name: n % 3 ? null : `${pick(firstNames, seed >> 3).slice(0, 1)}.`,
      preferred_name: n % 11 ? null : first.slice(0, 3),
      email:
        n % 6
          ? `${first}.${last}.${n}@members.example`
              .normalize('NFD')
              .replace(/[^\w.@]/g, '')
              .toLowerCase()
          : null,
      phone: `555-0${String(100 + (seed % 900))}`,
      address: `${String(1 + (seed % 180))} ${pick(streets, seed >> 1)}`,
      birth_on: day(((seed * 17) % 4800) - 9000),
      classification: pick(union ? trades : shares, seed >> 1),
      chapter: union ? pick(['North', 'South', 'Harbor'], seed) : null,
      state,
      joined_on: state === 'applicant' ? null : day(joined),
      left_on: state === 'withdrawn' ? day(joined + 900) : null,
      paid_through_on: state === 'active' ? day(13_300 + (seed % 120)) : null,
      ssn_last_four: String(1000 + (seed % 9000)),
    }
  })
}
