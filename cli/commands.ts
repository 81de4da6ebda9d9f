import { auditVerifyCommand } from './audit-verify.ts'
import type { Command } from './command.ts'
import { doctor } from './doctor.ts'
import { eraseOrgCommand } from './erase-org.ts'
import { exportOrgCommand } from './export-org.ts'
import { filesCheckCommand } from './files-check.ts'
import { filesMoveCommand } from './files-move.ts'
import { forgetFactorsCommand } from './forget-factors.ts'
import { houseless } from './houseless.ts'
import { importCommand } from './import.ts'
import { inviteCommand } from './invite.ts'
import { migrateCommand } from './migrate.ts'
import { seedDemoCommand } from './seed-demo.ts'
import { serveCommand } from './serve.ts'
import { workCommand } from './work.ts'

/** Every command, in the order in which help tells them. */
export const commands: readonly Command[] = [
  serveCommand,
  workCommand,
  migrateCommand,
  seedDemoCommand,
  inviteCommand,
  forgetFactorsCommand,
  importCommand,
  auditVerifyCommand,
  exportOrgCommand,
  eraseOrgCommand,
  filesCheckCommand,
  filesMoveCommand,
  ...houseless,
  doctor,
]
