import { asOwner } from '@commonhall/engine/testing'
import type { Office } from './office.ts'

/** Everything that papers and envelopes write. */
export const written = (office: Office) =>
  asOwner(
    office.polling.house,
    `select (select json_agg(json_build_array(id, taken, challenge) order by id) from governance.voter
        where election = $1) as roll,
      (select count(*)::integer from governance.ballot where election = $1) as box,
      (select json_agg(json_build_array(number, state, reason) order by number) from governance.paper_ballot
        where election = $1) as papers,
      (select count(*)::integer from governance.paper_entry e join governance.paper_ballot p on p.id = e.paper_ballot
        where p.election = $1) as entries`,
    [office.polling.election],
  )

/** Status and code of what is refused. */
export const refusal = async (reply: Promise<{ statusCode: number; json(): { code: string } }>) => {
  const { statusCode, json } = await reply.then((one) => ({ statusCode: one.statusCode, json: one.json() }))
  return [statusCode, json.code]
}
