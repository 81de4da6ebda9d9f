import { definePage, type Page } from '@commonhall/ui'

const module = 'governance'

export const pages: readonly Page[] = [
  definePage({
    path: 'elections/$id/ballot',
    module,
    component: () => import('./ballot/BallotPage.tsx'),
  }),
  definePage({
    path: 'elections/$id/results',
    module,
    component: () => import('./results/ResultsPage.tsx'),
  }),
  definePage({
    path: 'elections/$id/receipt',
    module,
    component: () => import('./ballot/ReceiptPage.tsx'),
  }),
  definePage({
    path: 'elections/$id/office',
    module,
    component: () => import('./elections/office/OfficePage.tsx'),
  }),
  definePage({
    path: 'elections/$id/watch',
    module,
    component: () => import('./elections/observer/WatchPage.tsx'),
  }),
  definePage({
    path: 'elections/$id/paper',
    module,
    component: () => import('./elections/paper/PaperPage.tsx'),
  }),
  definePage({
    replaces: { resource: 'elections', page: 'list' },
    module,
    covers: ['contests', 'candidates', 'voters', 'voter-notices', 'observers', 'paper-ballots', 'dues-withheld'],
    component: () => import('./elections/ElectionsPage.tsx'),
  }),
  definePage({
    replaces: { resource: 'elections', page: 'record' },
    module,
    component: () => import('./elections/member/ElectionPage.tsx'),
  }),
  definePage({
    replaces: { resource: 'rule-sets', page: 'list' },
    module,
    // Each proposal and election tells its rules: only those who make rule sets look for the list.
    covers: ({ resources }) => (resources['governance.rule-set']?.permissions.create === true ? [] : ['rule-sets']),
    component: () => import('./elections/rule-sets/RuleSetsPage.tsx'),
  }),
  definePage({
    replaces: { resource: 'rule-sets', page: 'form' },
    module,
    component: () => import('./elections/rule-sets/RuleSetFormPage.tsx'),
  }),
  definePage({
    path: 'proposals/$id/amend',
    module,
    component: () => import('./proposals/amendments/AmendPage.tsx'),
  }),
  definePage({
    replaces: { resource: 'proposals', page: 'list' },
    module,
    covers: ['revisions', 'amendments', 'comments', 'votes', 'proxies'],
    component: () => import('./proposals/ProposalsPage.tsx'),
  }),
  definePage({
    replaces: { resource: 'proposals', page: 'record' },
    module,
    component: () => import('./proposals/ProposalPage.tsx'),
  }),
  definePage({
    replaces: { resource: 'proposals', page: 'form' },
    module,
    component: () => import('./proposals/ProposalFormPage.tsx'),
  }),
]
