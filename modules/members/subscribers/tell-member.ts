import { on } from '@commonhall/kernel'
import { standingChanged } from '../events.ts'
import { standingNews } from '../notices/standing-news.ts'

/** The member learns of it; of a death nobody is written to. */
export const tellMember = on(standingChanged, 'members.tell-member', async (ctx, { member, state, reason }) => {
  if (state === 'deceased') return
  const news = { member, state: state as 'active', reason }
  await ctx.notify(standingNews, news, { to: { member }, about: { resource: 'members.member', id: member } })
})
