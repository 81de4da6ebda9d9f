import { defineModule } from '@commonhall/kernel'
import { answerTie } from './closing/answer-tie.ts'
import { ballotsAreCounted } from './closing/ballots-are-counted.ts'
import { readBox } from './closing/box.ts'
import { countNow } from './closing/count-now.ts'
import { countingStands } from './closing/counting-stands.ts'
import { electionCounted, resultPublished, tieToSettle } from './closing/election-counted.ts'
import { readResults } from './closing/results.ts'
import { paperRoutes } from './paper/routes.ts'
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
import { rules } from './rules.ts'
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
  routes: [...paperRoutes, countingStands, countNow, answerTie, readResults, readBox],
  jobs: [ballotsAreCounted],
  events: [electionCounted],
  notices: [resultPublished, tieToSettle],
  words,
})
