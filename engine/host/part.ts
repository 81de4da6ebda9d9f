import { addWords } from '@commonhall/kernel'
import type { Http } from '../http/door.ts'
import type { Part } from '../http/server.ts'
import { registerActs } from './acts.ts'
import { registerHostHealth } from './health.ts'
import { registerHostJobs } from './jobs.ts'
import { registerJournal } from './journal.ts'
import { registerOrgs } from './orgs.ts'
import { registerPresets } from './preset-routes.ts'
import { words } from './words/en.ts'

addWords('host', words)

/** The host's console over HTTP; `mail` is the way that mail goes. */
export const hostPart =
  (mail: string): Part =>
  (http: Http) => {
    registerOrgs(http)
    registerActs(http)
    registerPresets(http)
    registerJournal(http)
    registerHostJobs(http)
    registerHostHealth(http, mail)
  }
