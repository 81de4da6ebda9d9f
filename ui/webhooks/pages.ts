/** The pages of webhooks; they are fetched together, when somebody first opens one. */
import './words.ts'

export { EditWebhookPage } from './EditWebhookPage.tsx'
export { NewWebhookPage } from './NewWebhookPage.tsx'
export { WebhookPage } from './WebhookPage.tsx'
export { WebhooksPage } from './WebhooksPage.tsx'
