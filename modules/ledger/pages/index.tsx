import { definePage, type Page } from '@commonhall/ui'

export const pages: readonly Page[] = [
  definePage({
    path: 'ledger/take-out',
    label: 'Take out',
    icon: 'download',
    module: 'ledger',
    offered: ({ resources }) => resources['ledger.entry']?.permissions.export === true,
    component: () => import('./TakeOutPage.tsx'),
  }),
  definePage({
    replaces: { resource: 'journal-entries', page: 'record' },
    module: 'ledger',
    component: () => import('./EntryPage.tsx'),
  }),
]
