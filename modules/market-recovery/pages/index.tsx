import { definePage, type Page } from '@commonhall/ui'

type Offered = NonNullable<Page['offered']>

/** Who may look into programs works in the office; contractors and members see what is their own in lists. */
const toOffice: Offered = ({ resources }) => resources['market-recovery.program']?.permissions.read === true

const toThoseWhoEnter: Offered = ({ resources }) => resources['market-recovery.hours']?.permissions.create === true

const module = 'market-recovery'

export const pages: readonly Page[] = [
  definePage({
    path: 'market-recovery',
    label: 'Overview',
    icon: 'hammer',
    isFirst: true,
    offered: toOffice,
    module,
    component: () => import('./dashboard/DashboardPage.tsx'),
  }),
  definePage({
    path: 'hours/submit',
    label: 'Enter hours',
    icon: 'edit',
    isFirst: true,
    offered: toThoseWhoEnter,
    module,
    component: () => import('./hours/HoursPage.tsx'),
  }),
  definePage({
    path: 'approvals',
    label: 'Approvals',
    icon: 'check',
    isFirst: true,
    offered: toOffice,
    module,
    component: () => import('./approvals/ApprovalsPage.tsx'),
  }),
  definePage({
    path: 'payments',
    label: 'Payments',
    icon: 'money',
    isFirst: true,
    offered: toOffice,
    covers: ['payment-batches', 'payments'],
    module,
    component: () => import('./payments/PaymentsPage.tsx'),
  }),
  definePage({
    path: 'market-recovery/reports',
    label: 'Reports',
    icon: 'chart',
    offered: toOffice,
    covers: ['offers', 'remittances'],
    coversReports: true,
    module,
    component: () => import('./ReportsPage.tsx'),
  }),
  definePage({
    path: 'market-recovery/settings',
    label: 'Rates and settings',
    icon: 'gear',
    offered: toOffice,
    covers: ['scales', 'award-rates', 'market-recovery-settings'],
    module,
    component: () => import('./SettingsPage.tsx'),
  }),
  definePage({
    replaces: { resource: 'programs', page: 'record' },
    module,
    component: () => import('./program/ProgramPage.tsx'),
  }),
  definePage({
    replaces: { resource: 'assignments', page: 'form' },
    module,
    component: () => import('./assignment/AssignmentFormPage.tsx'),
  }),
  definePage({
    replaces: { resource: 'hours', page: 'record' },
    module,
    component: () => import('./hours/WeekPage.tsx'),
  }),
  definePage({
    replaces: { resource: 'payment-batches', page: 'record' },
    module,
    component: () => import('./payments/BatchPage.tsx'),
  }),
]
