-- Roles that an org edits, and who holds them. The server's role only reads these tables; each function below is one
-- whole act of the owner's, which checks what the database can know: that whoever acts belongs to the open org, that
-- what is named is of this org, and that somebody always stays who can put things right.

-- People of an org ---------------------------------------------------------------------------------------------------

create function foundation.note_seen(p_session uuid, p_org uuid) returns void
language sql security definer set search_path = '' as $$
  update foundation.session s set seen_in = s.seen_in || jsonb_build_object(p_org, now())
  where s.id = p_session and s.ended_at is null and exists (select from foundation.membership m
    where m.org_id = p_org and m.user_id = s.user_id and m.disabled_at is null)
$$;

-- When a colleague was last here; nothing of people of other orgs, and nothing of the keys of other orgs.
create function foundation.last_seen(p_user uuid) returns timestamptz
language sql stable security definer set search_path = '' as $$
  select max((s.seen_in ->> foundation.current_org()::text)::timestamptz) from foundation.session s
  where s.user_id = p_user
    and exists (select from foundation.membership m where m.org_id = foundation.current_org() and m.user_id = p_user)
$$;

-- Whether a colleague has set up a second factor.
create function foundation.has_second_factor(p_user uuid) returns boolean
language sql stable security definer set search_path = '' as $$
  select foundation.second_steps(p_user) <> '{}'
    and exists (select from foundation.membership m where m.org_id = foundation.current_org() and m.user_id = p_user)
$$;

create or replace view foundation.org_user with (security_invoker) as
  select m.org_id, u.id, m.version, m.created_at, m.updated_at, u.name, u.email::text as email,
    (select string_agg(r.label, ', ' order by r.label) from foundation.grant g
      join foundation.role r on r.org_id = g.org_id and r.id = g.role_id
      where g.org_id = m.org_id and g.user_id = u.id) as roles,
    case when coalesce(m.disabled_at, u.disabled_at) is not null then 'disabled'
      when u.locked_at is not null then 'locked' else 'active' end as state,
    u.kind, m.member_id as own_record, foundation.last_seen(u.id) as last_seen_at,
    foundation.has_second_factor(u.id) as second_factor, foundation.fold(u.name || ' ' || u.email) as search_text
  from foundation.membership m join foundation.user u on u.id = m.user_id;

-- Searching the view: an org has as many people as members at most, and few of them sign in.
create function foundation.search_org_user(patterns text[]) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select u.id from foundation.membership m join foundation.user u on u.id = m.user_id
  where m.org_id = foundation.current_org() and foundation.fold(u.name || ' ' || u.email) like all (patterns)
$$;

-- Acts ---------------------------------------------------------------------------------------------------------------

-- Takes its turn: what decides who may do what is changed by one at a time in an org, so that two who each take the
-- other's role do not both succeed. Refuses whoever does not belong to the open org. Who has been shut out while they
-- waited for their turn is looked up anew, as after any other change of what they may do.
create function foundation.begin_role_change() returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform from foundation.org where id = foundation.current_org() for no key update;
  perform from foundation.membership m join foundation.user u on u.id = m.user_id
  where m.org_id = foundation.current_org() and m.user_id = foundation.current_actor()
    and m.disabled_at is null and u.disabled_at is null and foundation.is_themselves();
  if not found then
    raise exception 'only people of the open organization change who may do what' using errcode = 'CH401';
  end if;
end $$;

-- Whether somebody can sign in as an admin of the org.
create function foundation.has_admin(p_org uuid) returns boolean
language sql stable set search_path = '' as $$
  select exists (
    select from foundation.grant g
    join foundation.role r on r.org_id = g.org_id and r.id = g.role_id and r.name = 'admin'
    join foundation.membership m on m.org_id = g.org_id and m.user_id = g.user_id and m.disabled_at is null
    join foundation.user u on u.id = g.user_id and u.disabled_at is null and u.kind = 'person'
    where g.org_id = p_org)
$$;

create function foundation.keep_an_admin() returns void
language plpgsql security definer set search_path = '' as $$
begin
  if not foundation.has_admin(foundation.current_org()) then
    raise exception 'the last admin stays' using errcode = 'CH409';
  end if;
end $$;

-- The changes of a role are permission keys with yes or no; those that make an admin are never taken from admins.
create function foundation.check_role_changes(p_name text, p_changes jsonb) returns void
language plpgsql immutable set search_path = '' as $$
begin
  if jsonb_typeof(p_changes) <> 'object' or exists (
    select from jsonb_each(p_changes) change (permission, allowed)
    where permission !~ '^[a-z0-9-]+([.][a-z0-9_-]+){2,3}$' or jsonb_typeof(allowed) <> 'boolean'
      or (p_name = 'admin' and permission like 'foundation.%' and allowed = 'false'))
  then
    raise exception 'these changes of a role are not allowed' using errcode = '23514';
  end if;
end $$;

create function foundation.create_role(p_name text, p_label text, p_changes jsonb, p_second_factor boolean) returns uuid
language plpgsql security definer set search_path = '' as $$
declare
  made uuid;
begin
  perform foundation.begin_role_change(), foundation.check_role_changes(p_name, p_changes);
  insert into foundation.role (org_id, name, label, changes, requires_second_factor)
  values (foundation.current_org(), p_name, p_label, p_changes, p_second_factor) returning id into made;
  return made;
end $$;

create function foundation.change_role(p_role uuid, p_label text, p_changes jsonb, p_second_factor boolean) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform foundation.begin_role_change();
  perform foundation.check_role_changes(r.name, p_changes) from foundation.role r
  where r.org_id = foundation.current_org() and r.id = p_role;
  update foundation.role r set label = p_label, changes = p_changes, requires_second_factor = p_second_factor,
    version = version + 1, updated_at = now()
  where r.org_id = foundation.current_org() and r.id = p_role;
end $$;

-- A role that somebody holds, and those that every org starts with, stay.
create function foundation.delete_role(p_role uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform foundation.begin_role_change();
  delete from foundation.role r where r.org_id = foundation.current_org() and r.id = p_role
    and r.name <> all (array['admin', 'officer', 'treasurer', 'staff', 'organizer', 'instructor', 'member'])
    and not exists (select from foundation.grant g where g.org_id = r.org_id and g.role_id = r.id);
  return found;
end $$;

create function foundation.renew_membership(p_user uuid) returns void
language sql security definer set search_path = '' as $$
  update foundation.membership set version = version + 1, updated_at = now()
  where org_id = foundation.current_org() and user_id = p_user
$$;

create function foundation.give_role(p_user uuid, p_role uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform foundation.begin_role_change();
  insert into foundation.grant (org_id, user_id, role_id, granted_by)
  values (foundation.current_org(), p_user, p_role, foundation.current_actor()) on conflict do nothing;
  if not found then
    return false;
  end if;
  perform foundation.renew_membership(p_user);
  return true;
end $$;

create function foundation.take_role(p_user uuid, p_role uuid) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform foundation.begin_role_change();
  delete from foundation.grant where org_id = foundation.current_org() and user_id = p_user and role_id = p_role;
  if not found then
    return false;
  end if;
  perform foundation.renew_membership(p_user), foundation.keep_an_admin();
  return true;
end $$;

create function foundation.set_membership_disabled(p_user uuid, p_disabled boolean) returns boolean
language plpgsql security definer set search_path = '' as $$
begin
  perform foundation.begin_role_change();
  update foundation.membership set disabled_at = case when p_disabled then now() end, version = version + 1,
    updated_at = now()
  where org_id = foundation.current_org() and user_id = p_user and (disabled_at is not null) <> p_disabled;
  if not found then
    return false;
  end if;
  perform foundation.keep_an_admin();
  return true;
end $$;

create function foundation.set_own_record(p_user uuid, p_member uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform foundation.begin_role_change();
  update foundation.membership set member_id = p_member, version = version + 1, updated_at = now()
  where org_id = foundation.current_org() and user_id = p_user;
end $$;

create function foundation.end_membership(p_user uuid) returns void
language plpgsql security definer set search_path = '' as $$
begin
  perform foundation.begin_role_change();
  -- The roles go first and by themselves: each leaves its line in the history.
  delete from foundation.grant where org_id = foundation.current_org() and user_id = p_user;
  delete from foundation.membership where org_id = foundation.current_org() and user_id = p_user;
  perform foundation.keep_an_admin();
end $$;

revoke execute on function foundation.note_seen, foundation.last_seen, foundation.has_second_factor,
  foundation.search_org_user, foundation.begin_role_change, foundation.has_admin, foundation.keep_an_admin,
  foundation.check_role_changes, foundation.create_role, foundation.change_role, foundation.delete_role,
  foundation.renew_membership, foundation.give_role, foundation.take_role, foundation.set_membership_disabled,
  foundation.set_own_record, foundation.end_membership from public;
grant execute on function foundation.has_admin, foundation.note_seen, foundation.last_seen,
  foundation.has_second_factor, foundation.search_org_user, foundation.begin_role_change, foundation.create_role,
  foundation.change_role, foundation.delete_role, foundation.give_role, foundation.take_role,
  foundation.set_membership_disabled, foundation.set_own_record, foundation.end_membership to commonhall_app;
