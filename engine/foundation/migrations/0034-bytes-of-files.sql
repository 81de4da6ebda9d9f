-- What the rows say of bytes, over all orgs, those that are suspended among them: for whoever compares the stores with
-- it, or moves bytes from one to another. Tells ids, sums and sizes; no names.

-- Pieces after the one that is named, in order. `preview` is empty for the content itself; `p_store` null for all.
create function foundation.kept_pieces(
  p_store text, p_org uuid, p_sha256 text, p_preview text, p_limit integer
) returns table (org_id uuid, sha256 text, preview text, size bigint, store text)
language sql stable security definer set search_path = '' as $$
  (select c.org_id, c.sha256, '' as preview, c.size, c.store from foundation.file_content c
    where (c.org_id, c.sha256) > (p_org, p_sha256) and (p_store is null or c.store = p_store)
    order by c.org_id, c.sha256 limit p_limit)
  union all
  (select p.org_id, p.sha256, p.kind, p.size, p.store from foundation.file_preview p
    where (p.org_id, p.sha256, p.kind) > (p_org, p_sha256, p_preview) and (p_store is null or p.store = p_store)
    order by p.org_id, p.sha256, p.kind limit p_limit)
  order by 1, 2, 3 limit p_limit
$$;

-- A share of all contents, such as a quarter, beginning with those that nobody has looked at for the longest time.
create function foundation.contents_to_verify(p_share integer, p_most integer)
returns table (org_id uuid, sha256 text, size bigint, store text)
language sql stable security definer set search_path = '' as $$
  select c.org_id, c.sha256, c.size, c.store from foundation.file_content c
  order by c.verified_at nulls first, c.created_at
  limit (select least(ceil(count(*)::numeric / p_share), p_most)::integer from foundation.file_content)
$$;

create index file_content_verified on foundation.file_content (verified_at nulls first, created_at);

revoke execute on function foundation.kept_pieces, foundation.contents_to_verify from public;
grant execute on function foundation.kept_pieces, foundation.contents_to_verify to commonhall_app;
