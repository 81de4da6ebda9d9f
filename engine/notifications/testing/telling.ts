import type { Notice, NoticePayload } from '@commonhall/kernel'
import { asOwner, type TestHouse } from '@commonhall/engine/testing'
import type { Telling } from '../tell.ts'

/** Tells people of Local 100 something, as the house or as one of them. */
export async function tellAll<N extends Notice>(
  house: TestHouse,
  notice: N,
  payload: NoticePayload<N>,
  telling: Telling,
  by?: string,
): Promise<void> {
  const { access, actor, org } = await house.caller()
  const userId = by ? await userOf(house, by) : null
  const caller = { access: { ...access, userId } as typeof access, actor: { ...actor, userId }, org }
  await house.engine.act(caller, (context) => context.notify(notice, payload, telling))
}

export async function userOf(house: TestHouse, email: string): Promise<string> {
  const [found] = await asOwner<{ id: string }>(house, 'select id from foundation.user where email = $1', [email])
  return found?.id ?? ''
}

/** Somebody on the roll who does not sign in, with an address. */
export async function memberWithout(house: TestHouse, email: string | null, more = ''): Promise<string> {
  const [found] = await asOwner<{ id: string }>(
    house,
    `update members.member set email = $1 where (org_id, id) = (select m.org_id, m.id from members.member m
      join foundation.org o on o.id = m.org_id and o.slug = 'local-100'
      where m.archived_at is null and m.email is distinct from $1 ${more}
        and not exists (select from foundation.membership b where b.org_id = m.org_id and b.member_id = m.id)
      order by m.id limit 1) returning id`,
    [email],
  )
  return found?.id ?? ''
}
