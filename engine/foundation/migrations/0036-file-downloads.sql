-- Who took which file when, and who made a link to one: told in the trail of the record that the file is part of.
-- `p_link_of` is whose link it was, when nobody has signed in; `p_until` is when a link ends.
create function foundation.note_file(
  p_act text, p_file uuid, p_version integer, p_until timestamptz default null, p_link_of text default null,
  p_address text default null)
returns void language sql security definer set search_path = '' as $$
  insert into foundation.audit_entry
    (org_id, actor, actor_name, act, resource, record, new, via, cause, request_id, address)
  select f.org_id, foundation.current_actor(), case when p_link_of is null then foundation.setting('actor_name') end,
    case p_act when 'link-file' then p_act else 'read' end, f.resource, f.record,
    case p_act when 'link-file'
      then jsonb_build_object(coalesce(f.field, 'attached_file'),
        told.file || jsonb_build_object('name', f.name, 'until', p_until))
      else jsonb_build_object('fields', '[]'::jsonb, 'rows', 1, 'file', told.file) ||
        case when p_link_of is null then '{}' else jsonb_build_object('link_of', p_link_of) end end,
    foundation.setting('via'), foundation.setting('cause'), foundation.setting('request'),
    coalesce(p_address, foundation.setting('address'))
  from foundation.file f
  cross join lateral (select jsonb_build_object('id', f.id, 'version', p_version) as file) told
  where f.org_id = foundation.current_org() and f.id = p_file and f.record is not null
$$;
revoke execute on function foundation.note_file from public;
grant execute on function foundation.note_file to commonhall_app;
