import { asOwner, type TestHouse } from '@commonhall/engine/testing'

/**
 * Something of every kind that members decide by: proposals, an election with all that belongs to it, proxies between
 * people who are not of the cast.
 */
export async function fillGovernance(house: TestHouse, slug = 'riverside'): Promise<void> {
  await asOwner(house, "update foundation.org set modules = modules || '{governance}' where slug = $1", [slug])
  const [org] = await asOwner<{ id: string }>(house, 'select id from foundation.org where slug = $1', [slug])
  const home = org?.id ?? ''
  const members = await strangersOf(house, home)
  await asOwner(house, ruled, [home, members[0]])
  await asOwner(house, proposed, [home, ...members.slice(0, 2)])
  await asOwner(house, elected, [home, ...members.slice(0, 2)])
  await asOwner(house, ballots, [home])
  await asOwner(house, given, [home, ...members.slice(0, 3)])
}

/** Members who sign in nowhere. */
async function strangersOf(house: TestHouse, org: string): Promise<string[]> {
  const rows = await asOwner<{ id: string }>(
    house,
    `select m.id from members.member m where m.org_id = $1 and m.state = 'active' and not exists
      (select from foundation.membership b where b.member_id = m.id) order by m.card_number limit 3`,
    [org],
  )
  return rows.map(({ id }) => id)
}

const ruled = `with r as (
    insert into governance.rule_set (org_id, name, from_on, quorum, quorum_number, proxies, proxies_per_holder)
    values ($1, 'Fillers', '2020-01-01', 'number', 1, 'allowed', 5))
  insert into governance.checkoff (org_id, member, employer, from_on) values ($1, $2, 'Bayline Electric', '2025-01-01')`

const proposed = `with o as materialized (select set_config('app.org', $1, true)::uuid as org),
  p as (insert into governance.proposal (org_id, number, title, text, state, rule_set, author)
    select o.org, 'P-9001', 'A new roof', 'We mend the roof.', 'discussion', r.id, $2
    from o join governance.rule_set r on r.org_id = o.org and r.name = 'Fillers' returning org_id, id),
  a as (insert into governance.amendment (org_id, proposal, summary, text, author)
    select org_id, id, 'In spring', 'We mend the roof in spring.', $3 from p returning org_id, id, proposal),
  c as (insert into governance.comment (org_id, proposal, text, author)
    select org_id, id, 'It leaks.', $3 from p returning org_id, id, proposal),
  d as (insert into governance.comment (org_id, proposal, answers, text, author)
    select org_id, proposal, id, 'Since May.', $2 from c),
  v as (insert into governance.vote (org_id, proposal, name, member)
    select org_id, id, 'Somebody', $2 from p returning org_id, id, member)
  insert into governance.vote_holder (org_id, vote, member) select org_id, id, member from v`

const elected = `with e as (
    insert into governance.election (org_id, name, rule_set, proposal)
    select $1, 'Filled', p.rule_set, p.id from governance.proposal p
    where p.org_id = $1 and p.number = 'P-9001' returning org_id, id),
  k as (insert into governance.election_key (org_id, election, private_key) select org_id, id, 'sealed' from e),
  c as (insert into governance.contest (org_id, election, name)
    select org_id, id, 'President' from e returning org_id, id, election),
  d as (insert into governance.candidate (org_id, contest, election, name, member, nominated_by)
    select org_id, id, election, 'Jo Doe', $2, $3 from c returning org_id, id, election, member),
  o as (insert into governance.observer (org_id, election, member, candidate)
    select org_id, election, $3, id from d),
  v as (insert into governance.voter (org_id, election, name, member)
    select org_id, id, 'Somebody ' || n, case n when 1 then $2::uuid else $3::uuid end from e, generate_series(1, 2) n
    returning org_id, id, election, member),
  h as (insert into governance.voter_holder (org_id, voter, member) select org_id, id, member from v)
  insert into governance.voter_notice (org_id, election, voter, member, address, sent_on)
  select org_id, election, id, member, 'jo@riverside.example', '2025-05-01' from v`

const ballots = `with e as (select org_id, id from governance.election where org_id = $1 and name = 'Filled'),
  p as (
    insert into governance.ballot_paper (org_id, election, voter, blinded_hash)
    select v.org_id, v.election, v.id, 'h' from governance.voter v join e on e.id = v.election limit 1),
  b as (insert into governance.ballot (org_id, election, origin, ballot, receipt)
    select org_id, id, 'paper', '{}', repeat('a', 64) from e),
  q as (insert into governance.paper_ballot (org_id, election, number)
    select org_id, id, '0001' from e returning org_id, id),
  n as (insert into governance.box_count (org_id, election, counts)
    select org_id, id, 'cast' from e),
  h as (insert into governance.published_box (org_id, election, head, results)
    select org_id, id, '{}', '{}' from e)
  insert into governance.paper_entry (org_id, paper_ballot, place, entered_by, choices)
  select q.org_id, q.id, 1, m.user_id, '{}' from q join foundation.membership m on m.org_id = q.org_id limit 1`

const given = `insert into governance.proxy (org_id, giver, holder, proposal, written_on)
  select $1, giver, $3, p.id, '2025-05-01' from governance.proposal p, unnest(array[$2, $4]::uuid[]) giver
  where p.org_id = $1 and p.number = 'P-9001'`
