/** What people are told: inboxes, mail and digests, reminders, and how each wants to be told. */
import { addWords } from '@commonhall/kernel'
import type { Engine } from '../engine.ts'
import type { Http } from '../http/door.ts'
import { gatherMail } from './mail/gather-mail.ts'
import { countUnread } from './inbox/inbox.ts'
import { registerInbox } from './inbox/routes.ts'
import { sendNoticeMail } from './mail/send-mail.ts'
import { registerSettings } from './settings/routes.ts'
import { UnsubscribeLinks } from './unsubscribe/links.ts'
import { registerUnsubscribing } from './unsubscribe/routes.ts'
import { unsubscribeByPost } from './unsubscribe/unsubscribing.ts'
import { words } from './words/en.ts'

addWords('notifications', words)

/** The mail of notifications, and what live pages are told of inboxes. */
export function workNotifications(engine: Engine): void {
  engine.live.countUnread = (access, users) => countUnread(engine, access, users)
  engine.post.onUnsubscribe((one) => unsubscribeByPost(engine, one))
  engine.jobs.addHouseJob(gatherMail(engine))
  engine.jobs.addHouseJob(sendNoticeMail(engine))
}

/** The routes of inboxes, of how people want to be told, and of the links in their mail. */
export async function notificationRoutes(http: Http): Promise<void> {
  registerInbox(http)
  registerSettings(http)
  await registerUnsubscribing(http, new UnsubscribeLinks(http.engine.settings))
}
