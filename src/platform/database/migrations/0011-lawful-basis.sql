-- What an act may read of a record's content, and why. Naming a person opens the hints that whoever has the person before them needs;
-- the content of a record is opened by a lawful basis alone, and that basis is written into the audit row by the database itself.

create function platform.act_lawful() returns bigint[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('jieli.lawful', true), ''), '{}')::bigint[] $$;
-- '<person> <kind>': what a basis opens that reaches some kinds of resources only.
create function platform.act_lawful_kinds() returns text[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('jieli.lawful_kinds', true), ''), '{}')::text[] $$;
-- '<person> <category>': sensitive parts that were opened by a reason of their own.
create function platform.act_opened() returns text[] language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('jieli.opened', true), ''), '{}')::text[] $$;
-- The basis of each person whom the act has opened: {"<person>": {"basis": …, "ref": …, "purpose": …}}.
create function platform.act_bases() returns jsonb language sql stable parallel safe as $$
  select coalesce(nullif(current_setting('jieli.bases', true), ''), '{}')::jsonb $$;

create or replace function platform.open_act(p_org bigint, p_account uuid, p_role text, p_person bigint) returns timestamptz language sql as $$
  select set_config('jieli.org', coalesce(p_org::text, ''), true),
         set_config('jieli.account', coalesce(p_account::text, ''), true),
         set_config('jieli.role', p_role, true),
         set_config('jieli.person', coalesce(p_person::text, ''), true),
         set_config('jieli.persons', own, true), set_config('jieli.records', own, true), set_config('jieli.cared', own, true),
         set_config('jieli.lawful', own, true), set_config('jieli.lawful_kinds', '', true), set_config('jieli.opened', '', true),
         set_config('jieli.bases', case when own = '{}' then '' else '{"' || p_person || '": {"basis": "self", "purpose": "self"}}' end, true)
    from (select case when p_role = 'resident' and p_person is not null then '{' || p_person || '}' else '{}' end as own) as resident;
  select platform.jieli_now();
$$;

-- As before, with {lawful}, {lawful_kinds} and {opened} besides.
create or replace function platform.protect(p_table regclass, p_seen text, p_added text default null, p_changed text default null)
returns void language plpgsql as $$
declare
  word text;
  asks text;
  seen text := p_seen;
  added text := coalesce(p_added, p_seen);
  changed text := coalesce(p_changed, p_seen);
  house constant text := '(select platform.act_role()) = ''system''';
begin
  foreach word in array array['role', 'org', 'account', 'person', 'persons', 'records', 'cared', 'lawful', 'lawful_kinds', 'opened'] loop
    asks := '(select platform.act_' || word || '())' || case when word in ('persons', 'records', 'cared', 'lawful') then '::bigint[]'
      when word in ('lawful_kinds', 'opened') then '::text[]' else '' end;
    seen := replace(seen, '{' || word || '}', asks);
    added := replace(added, '{' || word || '}', asks);
    changed := replace(changed, '{' || word || '}', asks);
  end loop;
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  foreach word in array array['owner', 'seen', 'added', 'changed', 'removed'] loop
    execute format('drop policy if exists %I on %s', word, p_table);
  end loop;
  execute format('create policy owner on %s to %I using (true) with check (true)', p_table, current_user);
  execute format('create policy seen on %s for select to jieli_app using (%s or (%s))', p_table, house, seen);
  execute format('create policy added on %s for insert to jieli_app with check (%s or (%s))', p_table, house, added);
  execute format('create policy changed on %s for update to jieli_app using (%s or (%s)) with check ((select platform.act_role()) is not null)', p_table, house, changed);
  execute format('create policy removed on %s for delete to jieli_app using (%s or (%s))', p_table, house, changed);
end $$;

-- Why a look was lawful: what the act itself found, never what a caller says. Null for what opened no record.
alter table platform.audit
  add column lawful_basis text,
  add column lawful_ref text,
  add column purpose text,
  -- The order in which rows were added, for the tree over the audit: the age of the transaction, then the number.
  add column xid xid8 not null default pg_current_xact_id(),
  add column pos bigint generated always as identity;
create index audit_in_order on platform.audit (xid, pos);

-- Everything that an act leaves behind besides its own rows, as before; the audit row now names the lawful basis that the act has found.
create or replace function platform.record_act(p_org bigint, p_now timestamptz, p_actor jsonb, p_events jsonb, p_waits jsonb, p_audit jsonb, p_answer jsonb)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  event jsonb;
  waits jsonb;
  wait jsonb;
  next_seq integer;
  told_at timestamptz;
  bases constant jsonb := platform.act_bases();
begin
  for event in select * from jsonb_array_elements(p_events) loop
    loop
      select coalesce(max(seq), 0) + 1, greatest(p_now, max(at)) into next_seq, told_at from platform.trace_event
        where org_id = (event->>'org')::bigint and case_id = (event->>'case')::uuid;
      insert into platform.trace_event (org_id, case_id, seq, id, case_kind, type, at, occurred_at, actor_account, actor_role,
          actor_org, actor_name, person_id, reason, data, seen_by)
        values ((event->>'org')::bigint, (event->>'case')::uuid, next_seq, (event->>'id')::uuid, event->>'kind', event->>'type', told_at,
          coalesce((event->>'occurredAt')::timestamptz, p_now), (p_actor->>'account')::uuid, p_actor->>'role', (p_actor->>'org')::bigint,
          p_actor->'name', (event->>'person')::bigint, event->>'reason', event->'data',
          array(select jsonb_array_elements_text(event->'seenBy')::bigint))
        on conflict (org_id, case_id, seq) do nothing;
      exit when found;
    end loop;
    insert into platform.outbox (org_id, event_id, type, case_kind, case_id, person_id, at, seen_by, data)
      values ((event->>'org')::bigint, (event->>'id')::uuid, event->>'type', event->>'kind', (event->>'case')::uuid,
        (event->>'person')::bigint, told_at, array(select jsonb_array_elements_text(event->'seenBy')::bigint), event->'data');
    if event->>'person' is not null then
      insert into platform.person_event (person_id, at, event_id, case_kind, case_id, org_id, type)
        values ((event->>'person')::bigint, told_at, (event->>'id')::uuid, event->>'kind', (event->>'case')::uuid, (event->>'org')::bigint, event->>'type');
    end if;
  end loop;

  for waits in select * from jsonb_array_elements(p_waits) loop
    update platform.deadline set ended_at = p_now, outcome = 'replaced'
      where org_id = (waits->>'org')::bigint and case_id = (waits->>'case')::uuid and ended_at is null
        and id is distinct from (waits->>'firing')::uuid;
    for wait in select * from jsonb_array_elements(waits->'open') loop
      insert into platform.deadline (org_id, id, case_kind, case_id, name, command, input, due_at, set_at)
        values ((waits->>'org')::bigint, (wait->>'id')::uuid, waits->>'kind', (waits->>'case')::uuid, wait->>'name',
          wait->>'command', wait->'input', (wait->>'dueAt')::timestamptz, p_now);
    end loop;
  end loop;

  insert into platform.audit (org_id, id, at, account_id, role, form, kind, outcome, code, basis, person_id, case_id, request,
      lawful_basis, lawful_ref, purpose)
    select p_org, (row->>'id')::uuid, p_now, (p_actor->>'account')::uuid, p_actor->>'role', row->>'form', row->>'kind',
      row->>'outcome', row->>'code', row->>'basis', (row->>'person')::bigint, (row->>'case')::uuid, row->>'request',
      bases #>> array[row->>'person', 'basis'], bases #>> array[row->>'person', 'ref'], bases #>> array[row->>'person', 'purpose']
    from jsonb_array_elements(p_audit) as row;

  if p_answer is not null then
    update platform.idempotency set answer = p_answer->>'text'
      where org_id = p_org and account_id = (p_answer->>'account')::uuid and key = p_answer->>'key';
  end if;
end $$;
