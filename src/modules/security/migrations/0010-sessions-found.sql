-- Whoever shows a token is found by it before anybody acts: by these two functions, in one statement, whatever rows else an act would see.
create function security.sessions_of(p_hashes bytea[])
returns table (session security.session, account security.account) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s, a from security.session s join security.account a on a.id = s.account_id where s.token_hash = any (p_hashes);
$$;

-- Notes that sessions were used; at most one write a minute for each. One that another process notes at this moment is left to it. A note
-- that a fault loses is written again with the next use, so nobody waits for the disk.
create function security.note_uses(p_hashes bytea[])
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('synchronous_commit', 'off', true);
  update security.session set used_at = now() where token_hash in (
    select token_hash from security.session where token_hash = any (p_hashes) and used_at < now() - interval '1 minute' for update skip locked);
end $$;

revoke execute on function security.sessions_of, security.note_uses from public;
