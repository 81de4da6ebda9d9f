/** Files attached to anything: a file is part of its record. */
import { fileResource } from '@commonhall/kernel'
import type { Engine } from '../engine.ts'
import type { Part } from '../http/server.ts'
import { workChecks } from './checks/index.ts'
import { makePreviewsJob } from './previews/job.ts'
import { fileExtras, readyFiles } from './ready.ts'
import { fileRoutes } from './routes.ts'
import { servingRoutes } from './serving/routes.ts'
import { moveInStretches } from './stores/care/move-job.ts'
import { verifyContents } from './stores/care/verify-job.ts'
import { openUploads } from './uploads/index.ts'

/** Wires what belongs to files to the engine: jobs here, and the routes that it answers. */
export function openFiles(engine: Engine): readonly Part[] {
  showFiles(engine)
  workChecks(engine)
  engine.jobs.addHouseJob(makePreviewsJob(engine))
  engine.jobs.addHouseJob(verifyContents(engine))
  engine.jobs.addHouseJob(moveInStretches(engine))
  return [fileRoutes, servingRoutes, openUploads(engine)]
}

/** Files among the records: what a reader is told of each. */
function showFiles(engine: Engine): void {
  const { records, database } = engine
  records.extras.set(fileResource, fileExtras)
  records.lenses.set(fileResource, (caller, rows) =>
    readyFiles(engine, caller, (statement) => database.read(caller.access, statement), rows),
  )
}
