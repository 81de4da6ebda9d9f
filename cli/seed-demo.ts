import { isEmpty, openDemo, readSettings } from '@commonhall/engine'
import { refuse, say } from '@commonhall/kernel'
import { type Command, tell, WrongUse } from './command.ts'
import { withHouse } from './open.ts'

/** Enough for any trial, and what one transaction per organization still carries. */
const largestScale = 1000

/** The demo world, into an empty house. */
export const seedDemoCommand: Command = {
  name: 'seed demo',
  options: { scale: { type: 'string' }, password: { type: 'string' } },
  async run({ values }) {
    const scale = Number(values['scale'] ?? 1)
    if (!Number.isInteger(scale) || scale < 1 || scale > largestScale) {
      throw new WrongUse(say('cli:seed.bad_scale', { most: largestScale }))
    }
    const settings = readSettings(process.env)
    if (settings.production) refuse('forbidden', say('cli:seed.production'))
    const wanted = typeof values['password'] === 'string' ? values['password'] : settings.demoPassword
    await withHouse(async (house) => {
      if (!(await isEmpty(house.ground.ownerUrl))) refuse('conflict', say('cli:seed.not_empty'))
      const demo = await openDemo(house, wanted, scale)
      tell(say('cli:seed.done', { password: demo?.password }))
    })
    return 0
  },
}
