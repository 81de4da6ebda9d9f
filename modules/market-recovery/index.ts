/** What other modules may use of market recovery. */
export { assignment } from './resources/assignment.ts'
export { contractor } from './resources/contractor.ts'
export { hours } from './resources/hours.ts'
export { payment } from './resources/payment.ts'
export { program } from './resources/program.ts'
