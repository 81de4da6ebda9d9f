/** The pages of mail that went out and of addresses that get none; they are fetched together. */
import './words.ts'

export { MailPage, MailsPage } from './Mails.tsx'
export { SuppressedAddressesPage, SuppressedAddressPage } from './Suppressed.tsx'
