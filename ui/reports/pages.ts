/** The pages of reports; they are fetched together. */
import './words.ts'

export { ReportPage } from './ReportPage.tsx'
export { ReportsPage } from './ReportsPage.tsx'
export { SchedulesPage } from './SchedulesPage.tsx'
