-- Who was told of an award, and what claims are held against.

create table market_recovery.offer (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  project uuid not null,
  contractor uuid not null,
  told_at timestamp with time zone not null,
  told_by uuid,
  how text collate "en-x-icu",
  people integer not null,
  terms text not null,
  primary key (org_id, id),
  foreign key (org_id, project) references market_recovery.project (org_id, id),
  foreign key (org_id, contractor) references market_recovery.contractor (org_id, id)
);
create index offer_told_at on market_recovery.offer (org_id, told_at, id);
create index offer_project on market_recovery.offer (org_id, project, id);
create index offer_contractor on market_recovery.offer (org_id, contractor, id);
create index offer_told_by on market_recovery.offer (org_id, told_by, id);
select foundation.guard_table('market_recovery.offer');
select foundation.audit_table('market_recovery.offer', 'market-recovery.offer');

-- What was said cannot be unsaid: nothing of an offer changes. Erasing a whole organization is another's right.
create function market_recovery.keep_offers() returns trigger language plpgsql set search_path = '' as $$
begin
  if current_user = 'commonhall_app' and exists (select from touched) then
    perform market_recovery.refuse('offer.stays');
  end if;
  return null;
end $$;

create trigger keep_offers_as_they_are after update on market_recovery.offer referencing old table as touched
  for each statement execute function market_recovery.keep_offers();
create trigger keep_offers after delete on market_recovery.offer referencing old table as touched
  for each statement execute function market_recovery.keep_offers();

create table market_recovery.remittance (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  id uuid not null default uuidv7(),
  version integer not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  contractor uuid not null,
  member uuid not null,
  week_ending date not null,
  classification text collate "en-x-icu" not null,
  hours numeric(15,2) not null,
  source text collate "en-x-icu",
  primary key (org_id, id),
  unique (org_id, contractor, member, week_ending, classification),
  foreign key (org_id, contractor) references market_recovery.contractor (org_id, id),
  foreign key (org_id, member) references members.member (org_id, id)
);
create index remittance_week_ending on market_recovery.remittance (org_id, week_ending, id);
create index remittance_contractor on market_recovery.remittance (org_id, contractor, id);
create index remittance_member on market_recovery.remittance (org_id, member, id);
create index remittance_of_week on market_recovery.remittance (org_id, member, week_ending);
create index remittance_listed on market_recovery.remittance (org_id, contractor, week_ending);
select foundation.guard_table('market_recovery.remittance');
select foundation.audit_table('market_recovery.remittance', 'market-recovery.remittance');

revoke execute on function market_recovery.keep_offers from public;

-- What the module asks of the house's people: what somebody is called, and how many sign in for a contractor.
create function market_recovery.name_of(p_person uuid) returns text language sql stable
  return (select u.name::text from foundation.org_user u where u.id = p_person);

create function market_recovery.sign_ins_of(p_contractor uuid) returns integer language sql stable
  return (select count(*)::integer from foundation.membership_party m
    where m.resource = 'market-recovery.contractor' and m.record = p_contractor);

revoke execute on function market_recovery.name_of, market_recovery.sign_ins_of from public;
grant execute on function market_recovery.name_of, market_recovery.sign_ins_of to commonhall_app;
