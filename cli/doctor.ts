import { say } from '@commonhall/kernel'
import { type Command, tell } from './command.ts'
import { examine } from './doctor/examine.ts'

/** Looks whether this installation is sound: a line for each thing looked at. */
export const doctor: Command = {
  name: 'doctor',
  options: { quick: { type: 'boolean' } },
  async run({ values: { quick } }) {
    let wrong = 0
    for await (const { name, fault, found = '' } of examine(process.env, Boolean(quick))) {
      const verdict = say(fault === undefined ? 'cli:doctor.fine' : 'cli:doctor.wrong')
      tell(`${verdict}  ${say(`cli:doctor.${name}`)}: ${fault ?? found}`)
      if (fault !== undefined) wrong += 1
    }
    if (wrong) tell(say('cli:doctor.found', { count: wrong }))
    return wrong ? 1 : 0
  },
}
