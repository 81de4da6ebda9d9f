import { challengeVoter, dismissChallenge } from './challenge-voter.ts'
import { challengedBallot } from './challenged-ballot.ts'
import { acceptEnvelope, rejectEnvelope } from './decide-envelope.ts'
import { enterPaper } from './enter-paper.ts'
import { givePaper } from './give-paper.ts'
import { returnPaper } from './return-paper.ts'
import { settlePaper } from './settle-paper.ts'
import { spoiledPaper } from './spoiled-paper.ts'
import { takeBackEntry } from './take-back.ts'

/** What officers and staff do with ballots on paper, from handing them out to reading them. */
export const paperRoutes = [
  givePaper,
  returnPaper,
  challengeVoter,
  dismissChallenge,
  challengedBallot,
  acceptEnvelope,
  rejectEnvelope,
  spoiledPaper,
  enterPaper,
  settlePaper,
  takeBackEntry,
]
