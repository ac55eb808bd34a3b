-- Row-level security under the forms. The app's role sees and changes only rows that the open act has to do with; without an act
-- it sees none. This is the second wall: who may do what is decided by the forms' parties, and a query that forgets its WHERE, or a
-- list that joins too much, finds nothing more than what the act has named.

-- A server of the release before this one names no persons and opens no act for its own work: beside it every policy would be in
-- its way. While it is still running during an upgrade, what it does counts as the house's own, as it did before. The window is
-- opened here where a region has been at work, and closes by `npx jieli upgraded`, or by itself after a day.
create table platform.previous_server (
  only_row boolean primary key default true check (only_row),
  until timestamptz not null
);
-- Rows may only be added by the app, and the one row is there: it cannot open the window for itself.
select platform.shard_table('platform.previous_server', 'local', null, true);
insert into platform.previous_server (until)
  select case when exists (select from platform.audit) then now() + interval '1 day' else '-infinity' end;
create function platform.previous_server_may() returns boolean language sql stable parallel safe as $$
  select until > now() from platform.previous_server $$;

-- What an act may ask of itself in a policy. Each is asked once a statement, written as (select platform.act_…()).
create function platform.act_role() returns text language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('jieli.role', true), ''), case when platform.previous_server_may() then 'system' end) $$;
create function platform.act_org() returns bigint language sql stable parallel safe as $$
  select nullif(current_setting('jieli.org', true), '')::bigint $$;
create function platform.act_account() returns uuid language sql stable parallel safe as $$
  select nullif(current_setting('jieli.account', true), '')::uuid $$;
create function platform.act_person() returns bigint language sql stable parallel safe as $$
  select nullif(current_setting('jieli.person', true), '')::bigint $$;
-- Persons whom the act has named, whose record it has opened, and for whom it acts as the person or as the care team.
create function platform.act_persons() returns bigint[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('jieli.persons', true), ''), '{}')::bigint[] $$;
create function platform.act_records() returns bigint[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('jieli.records', true), ''), '{}')::bigint[] $$;
create function platform.act_cared() returns bigint[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('jieli.cared', true), ''), '{}')::bigint[] $$;

-- Opens an act: the one clock, and who acts, known to the transaction only. A resident has named himself; all others name nobody yet.
create function platform.open_act(p_org bigint, p_account uuid, p_role text, p_person bigint) returns timestamptz language sql as $$
  select set_config('jieli.org', coalesce(p_org::text, ''), true),
         set_config('jieli.account', coalesce(p_account::text, ''), true),
         set_config('jieli.role', p_role, true),
         set_config('jieli.person', coalesce(p_person::text, ''), true),
         set_config('jieli.persons', own, true), set_config('jieli.records', own, true), set_config('jieli.cared', own, true)
    from (select case when p_role = 'resident' and p_person is not null then '{' || p_person || '}' else '{}' end as own) as resident;
  select platform.jieli_now();
$$;
-- So a server of the release before opens one.
create or replace function platform.begin_act(p_org bigint, p_account uuid, p_role text, p_person bigint) returns timestamptz language sql as $$
  select platform.open_act(p_org, p_account, case when platform.previous_server_may() then 'system' else p_role end, p_person);
$$;

-- Protects a table: its rows are for the acts that `p_seen` is true of, may be added by those of `p_added` and changed or removed by
-- those of `p_changed`; the house itself (`system`) may everything, and so may the owner, who migrates. In the conditions {role}, {org},
-- {account}, {person}, {persons}, {records} and {cared} stand for what the act knows of itself. Called again, it replaces the conditions.
create function platform.protect(p_table regclass, p_seen text, p_added text default null, p_changed text default null)
returns void language plpgsql as $$
declare
  word text;
  seen text := p_seen;
  added text := coalesce(p_added, p_seen);
  changed text := coalesce(p_changed, p_seen);
  house constant text := '(select platform.act_role()) = ''system''';
begin
  foreach word in array array['role', 'org', 'account', 'person', 'persons', 'records', 'cared'] loop
    seen := replace(seen, '{' || word || '}', '(select platform.act_' || word || '())' || case when word in ('persons', 'records', 'cared') then '::bigint[]' else '' end);
    added := replace(added, '{' || word || '}', '(select platform.act_' || word || '())' || case when word in ('persons', 'records', 'cared') then '::bigint[]' else '' end);
    changed := replace(changed, '{' || word || '}', '(select platform.act_' || word || '())' || case when word in ('persons', 'records', 'cared') then '::bigint[]' else '' end);
  end loop;
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  foreach word in array array['owner', 'seen', 'added', 'changed', 'removed'] loop
    execute format('drop policy if exists %I on %s', word, p_table);
  end loop;
  execute format('create policy owner on %s to %I using (true) with check (true)', p_table, current_user);
  execute format('create policy seen on %s for select to jieli_app using (%s or (%s))', p_table, house, seen);
  execute format('create policy added on %s for insert to jieli_app with check (%s or (%s))', p_table, house, added);
  -- What a row becomes must still be seen, or may be added, by who changes it.
  execute format('create policy changed on %s for update to jieli_app using (%s or (%s)) with check ((select platform.act_role()) is not null)', p_table, house, changed);
  execute format('create policy removed on %s for delete to jieli_app using (%s or (%s))', p_table, house, changed);
end $$;

-- Whether the acting institution has been told anything of a case. Owned by the owner, so that it may look at the whole trace.
create function platform.is_told(p_case uuid) returns boolean language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (select from platform.trace_event e where e.case_id = p_case and platform.act_org() = any (e.seen_by))
$$;
revoke execute on function platform.is_told from public;

-- Trace, outbox, deadlines and audit are written by this function and by nothing else: it runs as the owner, because the next number
-- in a trace counts events that the acting institution may not see.
alter function platform.record_act(bigint, timestamptz, jsonb, jsonb, jsonb, jsonb, jsonb) security definer;
alter function platform.record_act(bigint, timestamptz, jsonb, jsonb, jsonb, jsonb, jsonb) set search_path = pg_catalog, pg_temp;
revoke execute on function platform.record_act(bigint, timestamptz, jsonb, jsonb, jsonb, jsonb, jsonb) from public;

-- table            | who sees a row
-- trace_event      | the institution of the case, whoever was told of any of its events, the person and the person's care team
-- person_event     | the person and the care team
-- audit            | the account whose act it was; the resident, of reads of the own record
-- idempotency      | the account that used the key
-- outbox, inbox, deadline | the house itself
-- register_entry   | every act reads; one's own institution writes, and for the region (0) the bureau and the administrator
select platform.protect('platform.trace_event', 'org_id = {org} or {org} = any (seen_by) or person_id = any ({cared}) or platform.is_told(case_id)', 'false', 'false');
select platform.protect('platform.person_event', 'person_id = any ({cared})', 'false', 'false');
select platform.protect('platform.audit', 'account_id = {account} or ({role} = ''resident'' and person_id = any ({cared}))', 'false', 'false');
select platform.protect('platform.idempotency', 'account_id = coalesce({account}, ''00000000-0000-0000-0000-000000000000'') and {role} is not null');
select platform.protect('platform.outbox', 'false');
select platform.protect('platform.inbox', 'false');
select platform.protect('platform.deadline', 'false');
select platform.protect('platform.register_entry', '{role} is not null',
  'org_id = coalesce({org}, 0) or (org_id = 0 and {role} in (''health-bureau'', ''administrator''))',
  'org_id = coalesce({org}, 0) or (org_id = 0 and {role} in (''health-bureau'', ''administrator''))');
