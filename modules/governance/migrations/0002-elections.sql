-- Elections: what is on the ballot, who may vote, whether they had notice, and who watches.

create table governance.election (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name text collate "en-x-icu" not null,
  kind text not null default 'people' check (kind in ('people', 'options', 'proposal')),
  state text not null default 'draft'
    check (state in ('draft', 'nominations', 'published', 'voting', 'counting', 'certified', 'contested', 'withdrawn')),
  rule_set uuid,
  proposal uuid,
  about text,
  record_on date,
  nominations_until_at timestamp with time zone,
  opens_at timestamp with time zone,
  closes_at timestamp with time zone,
  ballot_order text not null default 'alphabetical' check (ballot_order in ('alphabetical', 'drawn')),
  rules jsonb,
  seed text collate "en-x-icu",
  public_key text collate "en-x-icu",
  key_fingerprint text collate "en-x-icu",
  counters jsonb,
  seal text collate "en-x-icu",
  opened_at timestamp with time zone,
  closed_at timestamp with time zone,
  certified_by uuid,
  certified_at timestamp with time zone,
  keep_until_on date,
  reason text,
  primary key (org_id, id),
  foreign key (org_id, rule_set) references governance.rule_set (org_id, id),
  foreign key (org_id, proposal) references governance.proposal (org_id, id)
);
create index election_closes_at
  on governance.election (org_id, closes_at, id);
create index election_rule_set
  on governance.election (org_id, rule_set, id);
create index election_proposal
  on governance.election (org_id, proposal, id);
create index election_certified_by
  on governance.election (org_id, certified_by, id);
select foundation.guard_table('governance.election');
select foundation.audit_table('governance.election', 'governance.election');
select foundation.attach_files('governance.election', 'governance.election');
select foundation.make_searchable('governance.election', array['name']);
select foundation.guard_states('governance.election', array['draft'], array[
  'draft>nominations', 'draft>published', 'nominations>published', 'published>nominations', 'published>voting',
  'voting>counting', 'counting>certified', 'contested>certified', 'counting>contested', 'certified>contested',
  'draft>withdrawn', 'nominations>withdrawn', 'published>withdrawn']);

create table governance.proxy (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  giver uuid not null,
  holder uuid not null,
  proposal uuid,
  election uuid,
  written_on date not null,
  state text not null default 'given' check (state in ('given', 'revoked', 'ended')),
  ended_at timestamp with time zone,
  constraint proxy_of_one check (num_nonnulls(proposal, election) = 1),
  constraint proxy_of_another check (giver <> holder),
  primary key (org_id, id),
  foreign key (org_id, giver) references members.member (org_id, id),
  foreign key (org_id, holder) references members.member (org_id, id),
  foreign key (org_id, proposal) references governance.proposal (org_id, id),
  foreign key (org_id, election) references governance.election (org_id, id)
);
create index proxy_written_on
  on governance.proxy (org_id, written_on, id);
create index proxy_giver
  on governance.proxy (org_id, giver, id);
create index proxy_holder
  on governance.proxy (org_id, holder, id);
create index proxy_proposal
  on governance.proxy (org_id, proposal, id);
create index proxy_election
  on governance.proxy (org_id, election, id);
select foundation.guard_table('governance.proxy');
select foundation.audit_table('governance.proxy', 'governance.proxy');
select foundation.attach_files('governance.proxy', 'governance.proxy');
select foundation.guard_states('governance.proxy', array['given'], array[
  'given>revoked', 'given>ended']);

create table governance.contest (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  election uuid not null,
  name text collate "en-x-icu" not null,
  about text,
  position integer not null default '1',
  method text not null default 'plurality'
    check (method in ('yes-no', 'plurality', 'approval', 'score', 'irv', 'stv', 'cumulative')),
  seats integer not null default '1',
  choices integer,
  counting_options jsonb,
  counting jsonb,
  result jsonb,
  primary key (org_id, id),
  unique (org_id, election, name),
  foreign key (org_id, election) references governance.election (org_id, id)
);
create index contest_election_position
  on governance.contest (org_id, election, position, id);
create index contest_election
  on governance.contest (org_id, election, id);
select foundation.guard_table('governance.contest');
select foundation.audit_table('governance.contest', 'governance.contest');

create table governance.candidate (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  contest uuid not null,
  election uuid not null,
  name text collate "en-x-icu" not null default '',
  member uuid,
  statement text,
  position integer,
  state text not null default 'nominated'
    check (state in ('nominated', 'accepted', 'declined', 'withdrawn', 'removed')),
  nominated_by uuid,
  answered_at timestamp with time zone,
  reason text collate "en-x-icu",
  primary key (org_id, id),
  unique (org_id, contest, name),
  foreign key (org_id, contest) references governance.contest (org_id, id),
  foreign key (org_id, election) references governance.election (org_id, id),
  foreign key (org_id, member) references members.member (org_id, id),
  foreign key (org_id, nominated_by) references members.member (org_id, id)
);
create index candidate_contest_position_name
  on governance.candidate (org_id, contest, position, name, id);
create index candidate_contest
  on governance.candidate (org_id, contest, id);
create index candidate_election
  on governance.candidate (org_id, election, id);
create index candidate_member
  on governance.candidate (org_id, member, id);
create index candidate_nominated_by
  on governance.candidate (org_id, nominated_by, id);
select foundation.guard_table('governance.candidate');
select foundation.audit_table('governance.candidate', 'governance.candidate');
select foundation.attach_files('governance.candidate', 'governance.candidate');
select foundation.make_searchable('governance.candidate', array['name']);
select foundation.guard_states('governance.candidate', array['nominated', 'accepted'], array[
  'nominated>accepted', 'declined>accepted', 'nominated>declined', 'accepted>withdrawn', 'nominated>removed',
  'accepted>removed']);

create table governance.voter (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  election uuid not null,
  name text collate "en-x-icu" not null,
  member uuid,
  unit uuid,
  eligible boolean not null default 'true',
  why_not text collate "en-x-icu",
  notice text not null default 'missing' check (notice in ('missing', 'sent', 'failed', 'proven')),
  told_on date,
  taken text not null default 'none' check (taken in ('none', 'online', 'paper', 'challenged')),
  challenge text collate "en-x-icu",
  constraint voter_voter check (member is not null or unit is not null),
  constraint voter_eligible check (eligible or taken <> 'online' and taken <> 'paper'),
  primary key (org_id, id),
  unique nulls not distinct (org_id, election, member, unit),
  foreign key (org_id, election) references governance.election (org_id, id),
  foreign key (org_id, member) references members.member (org_id, id),
  foreign key (org_id, unit) references housing.unit (org_id, id)
);
create index voter_name
  on governance.voter (org_id, name, id);
create index voter_election
  on governance.voter (org_id, election, id);
create index voter_member
  on governance.voter (org_id, member, id);
create index voter_unit
  on governance.voter (org_id, unit, id);
select foundation.guard_table('governance.voter');
select foundation.make_searchable('governance.voter', array['name']);

-- Who may cast it: the member, or whoever shared the unit as voting opened.
create table governance.voter_holder (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  voter uuid not null,
  member uuid not null,
  primary key (org_id, voter, member),
  foreign key (org_id, voter) references governance.voter (org_id, id) on delete cascade,
  foreign key (org_id, member) references members.member (org_id, id)
);
create index voter_holder_member on governance.voter_holder (org_id, member);
select foundation.guard_table('governance.voter_holder');

create table governance.voter_notice (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  election uuid not null,
  voter uuid not null,
  member uuid,
  way text not null default 'mail' check (way in ('mail', 'post', 'hand')),
  address text collate "en-x-icu" not null,
  sent_on date not null,
  state text not null default 'queued' check (state in ('queued', 'mailing', 'sent', 'failed', 'outdated')),
  proof text collate "en-x-icu",
  recorded_by uuid,
  primary key (org_id, id),
  foreign key (org_id, election) references governance.election (org_id, id),
  foreign key (org_id, voter) references governance.voter (org_id, id),
  foreign key (org_id, member) references members.member (org_id, id)
);
create index voter_notice_sent_on
  on governance.voter_notice (org_id, sent_on, id);
create index voter_notice_election
  on governance.voter_notice (org_id, election, id);
create index voter_notice_voter
  on governance.voter_notice (org_id, voter, id);
create index voter_notice_member
  on governance.voter_notice (org_id, member, id);
create index voter_notice_recorded_by
  on governance.voter_notice (org_id, recorded_by, id);
select foundation.guard_table('governance.voter_notice');
select foundation.audit_table('governance.voter_notice', 'governance.voter-notice');
select foundation.attach_files('governance.voter_notice', 'governance.voter-notice');

create table governance.observer (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  election uuid not null,
  member uuid not null,
  candidate uuid,
  note text collate "en-x-icu",
  primary key (org_id, id),
  unique (org_id, election, member),
  foreign key (org_id, election) references governance.election (org_id, id),
  foreign key (org_id, member) references members.member (org_id, id),
  foreign key (org_id, candidate) references governance.candidate (org_id, id)
);
create index observer_election
  on governance.observer (org_id, election, id);
create index observer_member
  on governance.observer (org_id, member, id);
create index observer_candidate
  on governance.observer (org_id, candidate, id);
select foundation.guard_table('governance.observer');
select foundation.audit_table('governance.observer', 'governance.observer');
