import { castBallot } from './cast-ballot.ts'
import { findReceipt } from './find-receipt.ts'
import { readBallotPage } from './read-ballot-page.ts'
import { takePaper } from './take-paper.ts'

/** Taking a ballot paper as oneself, casting a ballot as nobody, and looking for a receipt. */
export const ballotRoutes = [readBallotPage, takePaper, castBallot, findReceipt]
