/** The pages of API keys; they are fetched together, when somebody first opens one. */
import './words.ts'

export { KeyPage } from './KeyPage.tsx'
export { KeysPage } from './KeysPage.tsx'
export { NewKeyPage } from './NewKeyPage.tsx'
