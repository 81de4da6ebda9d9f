-- By which rules members decide, what they propose, what they say of it, and how they voted in the open.

create table governance.rule_set (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  name text collate "en-x-icu" not null,
  from_on date not null,
  until_on date,
  electorate text not null default 'member' check (electorate in ('member', 'unit', 'share')),
  quorum text not null default 'members' check (quorum in ('none', 'number', 'members', 'units')),
  quorum_number integer,
  quorum_share text collate "en-x-icu",
  count_abstentions boolean not null default 'true',
  count_presence boolean not null default 'false',
  majority_base text not null default 'votes'
    check (majority_base in ('votes', 'votes-and-abstentions', 'electorate')),
  threshold text collate "en-x-icu" not null default '1/2',
  at_least boolean not null default 'false',
  notice_days integer not null default '0',
  proxies text not null default 'forbidden' check (proxies in ('forbidden', 'allowed')),
  proxies_per_holder integer,
  retired_vote boolean not null default 'false',
  membership_days integer not null default '0',
  dues_grace_days integer,
  union_election boolean not null default 'false',
  constraint rule_set_quorum_number check (quorum <> 'number' or quorum_number > 0),
  constraint rule_set_quorum_share check (quorum in ('none', 'number') or quorum_share is not null),
  constraint rule_set_proxies check (proxies <> 'allowed' or proxies_per_holder > 0),
  constraint rule_set_union check (not union_election
    or electorate = 'member' and proxies = 'forbidden' and notice_days >= 15),
  constraint rule_set_period check (until_on >= from_on),
  period daterange generated always as (daterange(from_on, until_on, '[]')) stored,
  primary key (org_id, id),
  unique (org_id, name, period without overlaps)
);
create index rule_set_name_from_on
  on governance.rule_set (org_id, name, from_on, id);
select foundation.guard_table('governance.rule_set');
select foundation.audit_table('governance.rule_set', 'governance.rule-set');
select foundation.make_searchable('governance.rule_set', array['name']);

create table governance.checkoff (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  member uuid not null,
  employer text collate "en-x-icu" not null,
  from_on date not null,
  until_on date,
  constraint checkoff_period check (until_on >= from_on),
  primary key (org_id, id),
  foreign key (org_id, member) references members.member (org_id, id)
);
create index checkoff_from_on
  on governance.checkoff (org_id, from_on, id);
create index checkoff_member
  on governance.checkoff (org_id, member, id);
select foundation.guard_table('governance.checkoff');
select foundation.audit_table('governance.checkoff', 'governance.checkoff');
select foundation.make_searchable('governance.checkoff', array['employer']);

create table governance.proposal (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  number citext not null,
  title text collate "en-x-icu" not null,
  text text not null,
  state text not null default 'draft' check (state in ('draft', 'discussion', 'voting', 'decided', 'withdrawn')),
  outcome text check (outcome in ('passed', 'failed', 'no-quorum')),
  way text not null default 'roll-call' check (way in ('roll-call', 'secret')),
  rule_set uuid,
  author uuid,
  proposed_by uuid,
  text_version integer not null default '1',
  discussion_at timestamp with time zone,
  opens_at timestamp with time zone,
  closes_at timestamp with time zone,
  rules jsonb,
  decision jsonb,
  decided_at timestamp with time zone,
  reason text,
  primary key (org_id, id),
  unique (org_id, number),
  foreign key (org_id, rule_set) references governance.rule_set (org_id, id),
  foreign key (org_id, author) references members.member (org_id, id)
);
create index proposal_number
  on governance.proposal (org_id, number, id);
create index proposal_rule_set
  on governance.proposal (org_id, rule_set, id);
create index proposal_author
  on governance.proposal (org_id, author, id);
create index proposal_proposed_by
  on governance.proposal (org_id, proposed_by, id);
select foundation.guard_table('governance.proposal');
select foundation.audit_table('governance.proposal', 'governance.proposal');
select foundation.attach_files('governance.proposal', 'governance.proposal');
select foundation.make_searchable('governance.proposal', array['number', 'title']);
select foundation.guard_states('governance.proposal', array['draft'], array[
  'draft>discussion', 'discussion>voting', 'voting>decided', 'draft>withdrawn', 'discussion>withdrawn']);

create table governance.amendment (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  proposal uuid not null,
  summary text collate "en-x-icu" not null,
  text text not null,
  of_version integer not null default '1',
  state text not null default 'open' check (state in ('open', 'accepted', 'rejected', 'withdrawn')),
  author uuid,
  proposed_by uuid,
  reason text,
  primary key (org_id, id),
  foreign key (org_id, proposal) references governance.proposal (org_id, id),
  foreign key (org_id, author) references members.member (org_id, id)
);
create index amendment_of_version
  on governance.amendment (org_id, of_version, id);
create index amendment_proposal
  on governance.amendment (org_id, proposal, id);
create index amendment_author
  on governance.amendment (org_id, author, id);
create index amendment_proposed_by
  on governance.amendment (org_id, proposed_by, id);
select foundation.guard_table('governance.amendment');
select foundation.audit_table('governance.amendment', 'governance.amendment');
select foundation.guard_states('governance.amendment', array['open'], array[
  'open>accepted', 'open>rejected', 'open>withdrawn']);

create table governance.revision (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  proposal uuid not null,
  number integer not null,
  title text collate "en-x-icu" not null,
  text text not null,
  amendment uuid,
  changed_by uuid,
  primary key (org_id, id),
  unique (org_id, proposal, number),
  foreign key (org_id, proposal) references governance.proposal (org_id, id),
  foreign key (org_id, amendment) references governance.amendment (org_id, id)
);
create index revision_number
  on governance.revision (org_id, number, id);
create index revision_proposal
  on governance.revision (org_id, proposal, id);
create index revision_amendment
  on governance.revision (org_id, amendment, id);
create index revision_changed_by
  on governance.revision (org_id, changed_by, id);
select foundation.guard_table('governance.revision');

create table governance.comment (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  proposal uuid not null,
  answers uuid,
  text text not null,
  author uuid,
  written_by uuid,
  edited_at timestamp with time zone,
  hidden boolean not null default 'false',
  hidden_at timestamp with time zone,
  reason text collate "en-x-icu",
  primary key (org_id, id),
  foreign key (org_id, proposal) references governance.proposal (org_id, id),
  foreign key (org_id, answers) references governance.comment (org_id, id),
  foreign key (org_id, author) references members.member (org_id, id)
);
create index comment_proposal
  on governance.comment (org_id, proposal, id);
create index comment_answers
  on governance.comment (org_id, answers, id);
create index comment_author
  on governance.comment (org_id, author, id);
create index comment_written_by
  on governance.comment (org_id, written_by, id);
select foundation.guard_table('governance.comment');
select foundation.audit_table('governance.comment', 'governance.comment');

create table governance.vote (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  proposal uuid not null,
  name text collate "en-x-icu" not null,
  member uuid,
  unit uuid,
  weight integer not null default '1' check (weight > 0),
  eligible boolean not null default 'true',
  why_not text collate "en-x-icu",
  present boolean not null default 'false',
  choice text check (choice in ('yes', 'no', 'abstain')),
  cast_at timestamp with time zone,
  cast_by uuid,
  by_proxy boolean not null default 'false',
  constraint vote_voter check (member is not null or unit is not null),
  constraint vote_eligible check (choice is null or eligible),
  primary key (org_id, id),
  unique nulls not distinct (org_id, proposal, member, unit),
  foreign key (org_id, proposal) references governance.proposal (org_id, id),
  foreign key (org_id, member) references members.member (org_id, id),
  foreign key (org_id, unit) references housing.unit (org_id, id),
  foreign key (org_id, cast_by) references members.member (org_id, id)
);
create index vote_name
  on governance.vote (org_id, name, id);
create index vote_proposal
  on governance.vote (org_id, proposal, id);
create index vote_member
  on governance.vote (org_id, member, id);
create index vote_unit
  on governance.vote (org_id, unit, id);
create index vote_cast_by
  on governance.vote (org_id, cast_by, id);
select foundation.guard_table('governance.vote');

-- Who may cast it: the member, or whoever shared the unit as voting opened.
create table governance.vote_holder (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  vote uuid not null,
  member uuid not null,
  primary key (org_id, vote, member),
  foreign key (org_id, vote) references governance.vote (org_id, id) on delete cascade,
  foreign key (org_id, member) references members.member (org_id, id)
);
create index vote_holder_member on governance.vote_holder (org_id, member);
select foundation.guard_table('governance.vote_holder');

-- Who is in good standing on a day, and who is not and why: the same question for a past day is answered by the days
-- that the roll knows. Whoever died or left before is not asked about.
create function governance.standing(rules jsonb, day date)
returns table (member uuid, name text, household uuid, why_not text)
language sql stable set search_path = '' as $$
  select m.id, m.last_name || ', ' || m.first_name, m.household, case
    when m.state in ('applicant', 'suspended') then m.state
    when m.state = 'retired' and not coalesce((rules ->> 'retired_vote')::boolean, false) then 'retired'
    when m.state = 'withdrawn' or m.left_on <= day then 'left'
    when m.joined_on > day then 'joined_later'
    when coalesce((rules ->> 'membership_days')::integer, 0) > 0 and m.joined_on is null then 'joined_unknown'
    when m.joined_on > day - coalesce((rules ->> 'membership_days')::integer, 0) then 'too_new'
    when rules ->> 'dues_grace_days' is not null
      and coalesce(m.paid_through_on, '-infinity') < day - (rules ->> 'dues_grace_days')::integer
      -- Dues that an employer withheld and has not forwarded yet are paid, as far as the member goes.
      and not exists (select from governance.checkoff c where c.org_id = m.org_id and c.member = m.id
        and daterange(c.from_on, c.until_on, '[]') @> day) then 'dues_behind'
  end
  from members.member m
  where m.archived_at is null and m.state <> 'deceased' and (m.state <> 'withdrawn' or m.left_on > day)
$$;

-- The electorate of a day: a row for each vote that can be cast, by members or by units, and who may cast it. Whoever
-- lives in a unit and those of the same household share its vote.
create function governance.electorate(rules jsonb, day date)
returns table (member uuid, unit uuid, name text, weight integer, eligible boolean, why_not text, holders uuid[])
language sql stable set search_path = '' as $$
  select s.member, null::uuid, s.name, 1, s.why_not is null, s.why_not, array[s.member]
  from governance.standing(rules, day) s
  where coalesce(rules ->> 'electorate', 'member') = 'member'
  union all
  select null, u.id, u.number, case when rules ->> 'electorate' = 'share' then coalesce(u.shares, 1) else 1 end,
    bool_or(s.why_not is null) and (rules ->> 'electorate' = 'unit' or u.shares is not null),
    case when not bool_or(s.why_not is null) then min(s.why_not)
      when rules ->> 'electorate' = 'share' and u.shares is null then 'no_shares' end,
    coalesce(array_agg(s.member order by s.member) filter (where s.why_not is null), '{}')
  from housing.unit u
    join housing.occupancy o on o.org_id = u.org_id and o.unit = u.id
      and daterange(o.from_on, o.until_on, '[]') @> day
    join members.member h on h.org_id = o.org_id and h.id = o.member
    join governance.standing(rules, day) s on s.member = h.id or s.household = h.household
  where rules ->> 'electorate' in ('unit', 'share') and u.archived_at is null
  group by u.id, u.number, u.shares
$$;
