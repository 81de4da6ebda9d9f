import { readPreview } from './ballot/read-preview.ts'
import { readNominees } from './nominations/read-nominees.ts'
import { returnNotice } from './notices/return-notice.ts'
import { sendNotices } from './notices/send-notices.ts'
import { readReadiness } from './readiness/read-readiness.ts'
import { drawRollAgain } from './roll/draw-roll.ts'
import { lateChanges } from './roll/late-changes.ts'
import { readRoll } from './roll/read-roll.ts'
import { readStanding } from './roll/read-standing.ts'
import { readWatch } from './watch/read-watch.ts'

/** What there is to elections beside their records, as far as the count. */
export const electionRoutes = [
  readReadiness,
  readPreview,
  readNominees,
  drawRollAgain,
  readRoll,
  lateChanges,
  readStanding,
  sendNotices,
  returnNotice,
  readWatch,
]
