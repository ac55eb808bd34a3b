-- Everything that an act leaves behind besides its own rows, in one round trip and the same transaction.
-- Two acts may tell of one case at once, a task and a move for instance: the second waits for the first and takes the next
-- number. An act that began earlier but had to wait is told at the moment of the one that it waited for: times never go back.
create function platform.record_act(p_org bigint, p_now timestamptz, p_actor jsonb, p_events jsonb, p_waits jsonb, p_audit jsonb, p_answer jsonb)
returns void language plpgsql as $$
declare
  event jsonb;
  waits jsonb;
  wait jsonb;
  next_seq integer;
  told_at timestamptz;
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

  insert into platform.audit (org_id, id, at, account_id, role, form, kind, outcome, code, basis, person_id, case_id, request)
    select p_org, (row->>'id')::uuid, p_now, (p_actor->>'account')::uuid, p_actor->>'role', row->>'form', row->>'kind',
      row->>'outcome', row->>'code', row->>'basis', (row->>'person')::bigint, (row->>'case')::uuid, row->>'request'
    from jsonb_array_elements(p_audit) as row;

  if p_answer is not null then
    update platform.idempotency set answer = p_answer->>'text'
      where org_id = p_org and account_id = (p_answer->>'account')::uuid and key = p_answer->>'key';
  end if;
end $$;

-- Opens an act: the one clock, and who acts, known to the transaction only.
create function platform.begin_act(p_org bigint, p_account uuid, p_role text, p_person bigint) returns timestamptz language sql as $$
  select set_config('jieli.org', coalesce(p_org::text, ''), true),
         set_config('jieli.account', coalesce(p_account::text, ''), true),
         set_config('jieli.role', p_role, true),
         set_config('jieli.person', coalesce(p_person::text, ''), true);
  select platform.jieli_now();
$$;
