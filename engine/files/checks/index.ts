/** Files are in quarantine until they are known to be harmless. */
import { say } from '@commonhall/kernel'
import type { Engine } from '../../engine.ts'
import { checkContent } from './check-content.ts'
import { findUnchecked } from './find-unchecked.ts'

/** Adds the work of checking what people attach. */
export function workChecks(engine: Engine): void {
  const { scanner } = engine.files
  if (!scanner.isSet) engine.log.info(say(`checks:boot.${scanner.without}`))
  engine.jobs.addHouseJob(checkContent(engine))
  engine.jobs.addHouseJob(findUnchecked(engine))
}
