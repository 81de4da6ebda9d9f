import { defineModule } from '@commonhall/kernel'
import { voteClosing, voteOpened } from '@commonhall/modules/notices'
import { boxIsMixed } from './ballots/mix-box.ts'
import { ballotRoutes } from './ballots/routes.ts'
import { answerTie } from './closing/answer-tie.ts'
import { ballotsAreCounted } from './closing/ballots-are-counted.ts'
import { readArchive } from './closing/archive.ts'
import { readBox } from './closing/box.ts'
import { boxesHold } from './closing/boxes-hold.ts'
import { countNow } from './closing/count-now.ts'
import { countingStands } from './closing/counting-stands.ts'
import { electionCounted, resultPublished, tieToSettle } from './closing/election-counted.ts'
import { readResults } from './closing/results.ts'
import { electionClock, electionGoesOn } from './elections/clock/due.ts'
import { votersAreTold } from './elections/clock/tell-voters.ts'
import { candidateWriting } from './elections/nominations/candidate-writing.ts'
import { contestWriting } from './elections/nominations/contest-writing.ts'
import { electionWriting } from './elections/nominations/election-writing.ts'
import { nominated } from './elections/nominations/nominated.ts'
import { electionNotice } from './elections/notices/election-notice.ts'
import { noticesGoOut } from './elections/notices/go-out.ts'
import { heldUp } from './elections/notices/held-up.ts'
import { electionRoutes } from './elections/routes.ts'
import { proposalDecided, proposalOpened } from './events.ts'
import { paperRoutes } from './paper/routes.ts'
import { commentWriting } from './proposals/comments.ts'
import { proposalGoesOn, proposalsKeepTime } from './proposals/keep-time.ts'
import { proxyWriting } from './proposals/proxy-writing.ts'
import { proposalRoutes } from './proposals/routes.ts'
import { votersAreTold as rollCallsAreTold } from './proposals/voters-are-told.ts'
import { proposalWriting } from './proposals/writing.ts'
import { amendment } from './resources/amendment.ts'
import { candidate } from './resources/candidate.ts'
import { checkoff } from './resources/checkoff.ts'
import { comment } from './resources/comment.ts'
import { contest } from './resources/contest.ts'
import { election } from './resources/election.ts'
import { observer } from './resources/observer.ts'
import { paperBallot } from './resources/paper-ballot.ts'
import { proposal } from './resources/proposal.ts'
import { proxy } from './resources/proxy.ts'
import { revision } from './resources/revision.ts'
import { ruleSet } from './resources/rule-set.ts'
import { vote } from './resources/vote.ts'
import { voter } from './resources/voter.ts'
import { voterNotice } from './resources/voter-notice.ts'
import { ruleSetWriting } from './rule-sets/writing.ts'
import { rules } from './rules.ts'
import { demoGovernance } from './seeds/demo-governance.ts'
import { words } from './words/en.ts'
import { amendmentWorkflow } from './workflows/amendment.ts'
import { candidateWorkflow } from './workflows/candidate.ts'
import { electionWorkflow } from './workflows/election.ts'
import { proposalWorkflow } from './workflows/proposal.ts'
import { proxyWorkflow } from './workflows/proxy.ts'

export const governance = defineModule({
  name: 'governance',
  label: 'Governance',
  purpose: 'Proposals that members discuss and decide, and elections by secret ballot that anybody can recount.',
  icon: 'roll',
  needs: ['notices', 'members'],
  uses: ['housing'],
  folder: import.meta.dirname,
  resources: [
    proposal,
    election,
    ruleSet,
    revision,
    amendment,
    comment,
    vote,
    proxy,
    checkoff,
    contest,
    candidate,
    voter,
    voterNotice,
    observer,
    paperBallot,
  ],
  rules,
  workflows: [proposalWorkflow, amendmentWorkflow, proxyWorkflow, electionWorkflow, candidateWorkflow],
  writings: [
    ruleSetWriting,
    proposalWriting,
    commentWriting,
    proxyWriting,
    electionWriting,
    contestWriting,
    candidateWriting,
  ],
  routes: [
    ...proposalRoutes,
    ...ballotRoutes,
    ...electionRoutes,
    ...paperRoutes,
    countingStands,
    countNow,
    answerTie,
    readResults,
    readBox,
    readArchive,
  ],
  jobs: [
    proposalsKeepTime,
    proposalGoesOn,
    rollCallsAreTold,
    boxIsMixed,
    electionClock,
    electionGoesOn,
    noticesGoOut,
    votersAreTold,
    ballotsAreCounted,
  ],
  events: [proposalOpened, proposalDecided, electionCounted],
  notices: [voteOpened, voteClosing, electionNotice, nominated, heldUp, resultPublished, tieToSettle],
  proofs: [boxesHold],
  seed: demoGovernance,
  words,
})
