/** The pages of the host's console; they are fetched together, when a host first opens one. */
export { ActsPage } from './ActsPage.tsx'
export { HealthPage } from './HealthPage.tsx'
export { JobsPage } from './JobsPage.tsx'
export { NewOrgPage } from './NewOrgPage.tsx'
export { OrgPage } from './OrgPage.tsx'
export { OrgsPage } from './OrgsPage.tsx'
