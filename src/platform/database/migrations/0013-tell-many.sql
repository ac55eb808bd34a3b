-- The first events of many new cases at once, as platform.record_act tells one after another: a batch of a day's work is told in one go.
-- A case that has an event already fails the batch by its key.
create function platform.tell_new_cases(p_now timestamptz, p_actor jsonb, p_events jsonb)
returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  with given as (
    select event->>'id' as id, event->>'type' as type, event->>'kind' as kind, (event->>'org')::bigint as org, (event->>'case')::uuid as case_id,
      (event->>'person')::bigint as person, event->>'reason' as reason, coalesce((event->>'occurredAt')::timestamptz, p_now) as occurred,
      event->'data' as data, array(select jsonb_array_elements_text(event->'seenBy')::bigint) as seen_by, place
    from jsonb_array_elements(p_events) with ordinality as one (event, place)
  ), traced as (
    insert into platform.trace_event (org_id, case_id, seq, id, case_kind, type, at, occurred_at, actor_account, actor_role, actor_org,
        actor_name, person_id, reason, data, seen_by)
      select org, case_id, 1, id::uuid, kind, type, p_now, occurred, (p_actor->>'account')::uuid, p_actor->>'role', (p_actor->>'org')::bigint,
        p_actor->'name', person, reason, data, seen_by from given
  ), told as (
    insert into platform.outbox (org_id, event_id, type, case_kind, case_id, person_id, at, seen_by, data)
      select org, id::uuid, type, kind, case_id, person, p_now, seen_by, data from given order by place
  )
  insert into platform.person_event (person_id, at, event_id, case_kind, case_id, org_id, type)
    select person, p_now, id::uuid, kind, case_id, org, type from given where person is not null
$$;
revoke execute on function platform.tell_new_cases(timestamptz, jsonb, jsonb) from public;
