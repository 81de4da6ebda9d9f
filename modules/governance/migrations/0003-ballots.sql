-- The ballot box. Nothing in it leads to a voter: no time, no order, no session, and no trail of its own.

-- With its private half ballot papers are signed while voting is open. It goes when voting closes.
create table governance.election_key (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  election uuid not null,
  private_key text not null,
  primary key (org_id, election),
  foreign key (org_id, election) references governance.election (org_id, id)
);
select foundation.guard_table('governance.election_key');

-- That a voter's ballot paper was signed, and for which blinded token, as a hash: asked again, it gets the same answer.
-- It tells nothing of the ballot, since any blinded token could be of any ballot.
create table governance.ballot_paper (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  election uuid not null,
  voter uuid not null,
  blinded_hash text not null,
  primary key (org_id, election, voter),
  foreign key (org_id, voter) references governance.voter (org_id, id)
);
select foundation.guard_table('governance.ballot_paper');

-- A ballot with its own proofs: the token that was signed blindly, and the ballot signed by the key that the token is.
create table governance.ballot (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  election uuid not null,
  id uuid not null default gen_random_uuid(),
  origin text not null default 'online' check (origin in ('online', 'paper')),
  token text,
  prefix text,
  signature text,
  ballot text not null,
  ballot_signature text,
  receipt text not null,
  constraint ballot_proofs check (
    origin = 'paper' or num_nulls(token, prefix, signature, ballot_signature) = 0),
  primary key (org_id, election, id),
  unique (org_id, election, token),
  unique (org_id, election, receipt),
  foreign key (org_id, election) references governance.election (org_id, id)
);
select foundation.guard_table('governance.ballot');

create table governance.paper_ballot (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  election uuid not null,
  number text collate "en-x-icu" not null,
  state text not null default 'entered'
    check (state in ('entered', 'differs', 'agreed', 'void', 'spoiled', 'challenged', 'accepted', 'rejected')),
  first_by uuid,
  second_by uuid,
  reason text collate "en-x-icu",
  primary key (org_id, id),
  unique (org_id, election, number),
  foreign key (org_id, election) references governance.election (org_id, id)
);
create index paper_ballot_election_number
  on governance.paper_ballot (org_id, election, number, id);
create index paper_ballot_election
  on governance.paper_ballot (org_id, election, id);
create index paper_ballot_first_by
  on governance.paper_ballot (org_id, first_by, id);
create index paper_ballot_second_by
  on governance.paper_ballot (org_id, second_by, id);
select foundation.guard_table('governance.paper_ballot');
select foundation.audit_table('governance.paper_ballot', 'governance.paper-ballot');
select foundation.make_searchable('governance.paper_ballot', array['number']);
select foundation.guard_states('governance.paper_ballot', array['entered', 'spoiled', 'challenged'], array[
  'entered>agreed', 'entered>differs', 'entered>void', 'differs>agreed', 'differs>void',
  'challenged>accepted', 'challenged>rejected']);

-- What each of the two entered. No list and no record tells it: who enters second must not see what the first entered.
create table governance.paper_entry (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  paper_ballot uuid not null,
  -- The first, the second, and the look that settled it.
  place smallint not null check (place between 1 and 3),
  entered_by uuid not null,
  -- Nothing where it was found void.
  choices jsonb,
  primary key (org_id, paper_ballot, place),
  foreign key (org_id, paper_ballot) references governance.paper_ballot (org_id, id) on delete cascade
);
select foundation.guard_table('governance.paper_entry');

-- What was published of a counted election, to the letter: the first line of the box, and those after the ballots. A
-- name that changes later changes nothing of it.
create table governance.published_box (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  election uuid not null,
  head text not null,
  results text not null,
  primary key (org_id, election),
  foreign key (org_id, election) references governance.election (org_id, id)
);
select foundation.guard_table('governance.published_box');
