/** The pages of all files and of one; they are fetched together. */
export { FilePage } from './FilePage.tsx'
export { FilesPage } from './FilesPage.tsx'
