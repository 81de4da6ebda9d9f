export { announce, deliverEvent } from './announce.ts'
export { deliver } from './deliver.ts'
