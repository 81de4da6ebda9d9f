import { demoEmail } from '../demo/world.ts'

/** The password of everybody in the cast. */
export const castPassword = 'Solidarity-forever-1915'

/** The people of the demo world as tests call them: `cast.staff` is the staff of Local 100. */
const inLocal100 = (who: string) => demoEmail(who, 'local-100')

export const cast = {
  admin: inLocal100('admin'),
  officer: inLocal100('officer'),
  officer2: inLocal100('officer2'),
  treasurer: inLocal100('treasurer'),
  staff: inLocal100('staff'),
  organizer: inLocal100('organizer'),
  instructor: inLocal100('instructor'),
  member: inLocal100('member'),
  /** Staff of another local: sees nothing of Local 100. */
  stranger: demoEmail('staff', 'local-200'),
  coopStaff: demoEmail('staff', 'riverside'),
  coopMember: demoEmail('member', 'riverside'),
} as const
