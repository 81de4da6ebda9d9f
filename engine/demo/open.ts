import { randomInt } from 'node:crypto'
import { say } from '@commonhall/kernel'
import type { House } from '../boot.ts'
import { isEmpty, seedDemo } from './seed.ts'
import { demoEmail, demoHost, demoOrgs, demoPeople } from './world.ts'

/** The demo world's password as this start knows it: null when it was made up at an earlier start. */
export interface Demo {
  readonly password: string | null
  /** Whether this start has made it. */
  readonly isNew: boolean
}

/** Fills an empty house with the demo world. Null when the house holds something else. */
export async function openDemo(house: House, wanted: string | null, scale = 1): Promise<Demo | null> {
  if (await isEmpty(house.ground.ownerUrl)) {
    const password = wanted ?? madeUpPassword()
    await seedDemo(house.engine, house.ground.ownerUrl, password, scale)
    return { password, isNew: true }
  }
  const [org] = await house.engine.database.bare('select from foundation.find_org($1)', [demoOrgs[0]?.slug])
  return org ? { password: wanted, isNew: false } : null
}

const syllables = ['ba', 'co', 'du', 'fe', 'gi', 'ho', 'ju', 'ka', 'li', 'mo', 'ne', 'po', 'ra', 'si', 'tu', 've']

/** Easy to type, hard to guess: 4 words of 3 syllables and a number, 60 bits. */
function madeUpPassword(): string {
  const word = () => Array.from({ length: 3 }, () => syllables[randomInt(syllables.length)]).join('')
  const capital = word()
  return [
    capital.charAt(0).toUpperCase() + capital.slice(1),
    word(),
    word(),
    word(),
    String(randomInt(1000, 9999)),
  ].join('-')
}

/** What `npm start` prints once the server answers. */
export function greeting(address: string, demo: Demo | null): string {
  const lines = [say('engine:start.ready', { address })]
  if (demo) {
    lines.push('', say('engine:start.demo'))
    for (const { slug, name } of demoOrgs) lines.push(`  ${name.padEnd(32)} ${demoEmail('staff', slug)}`)
    lines.push(`  ${say('engine:start.host').padEnd(32)} ${demoHost.email}`)
    lines.push('', say('engine:start.roles', { roles: demoPeople.map(({ who }) => who).join(', ') }))
    lines.push(
      demo.password ? say('engine:start.password', { password: demo.password }) : say('engine:start.password_earlier'),
    )
  }
  return `\n${lines.join('\n')}\n\n`
}
