import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import { ballotText, type FilledBallot, newSalt, receiptOf } from '../ballots/ballot.ts'
import { contestsOf, formOf } from '../closing/contests.ts'

/** A paper that is settled goes into the box with the others. Nothing there says which paper it was. */
export async function intoBox(ctx: Context, election: string, choices: FilledBallot['choices']): Promise<void> {
  const form = formOf(election, await contestsOf(ctx, election))
  const text = ballotText(form, { choices, salt: newSalt() })
  await sql`select governance.put_paper_ballot(${election}, ${text}, ${await receiptOf(text)})`.execute(ctx.db)
}
