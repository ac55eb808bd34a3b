-- Booking in batches: one statement and one flush for whatever was asked for at that moment.

-- Whoever draws a unit changes only what no index holds, so that the row is rewritten in its own page.
drop index booking.pool_specialty_starts_at_idx;
create index on booking.pool (specialty, starts_at);
alter table booking.pool set (fillfactor = 80);

-- No hold in the pool ends before this moment; null when there is none. Until then nobody looks for ended ones.
alter table booking.pool add column hold_ends_next timestamptz;
update booking.pool p set hold_ends_next =
  (select min(b.hold_until) from booking.booking b where b.org_id = p.org_id and b.pool_id = p.id and b.state = 'held');

-- A resident has one live direct booking of a service on a day: of a specialty's visits, or of what other units are of. The row ends
-- with it: given back, attended, or missed.
create table booking.service_claim (
  person_id bigint not null,
  on_day date not null,
  service text not null,
  org_id bigint not null,
  booking_id uuid not null,
  primary key (person_id, on_day, service)
);
select platform.shard_table('booking.service_claim', 'person', 'person_id');

-- How many live direct bookings a resident has on a day: the row that two bookings of one person at once meet at.
create table booking.person_day (
  person_id bigint not null,
  on_day date not null,
  live integer not null check (live >= 0),
  primary key (person_id, on_day)
);
select platform.shard_table('booking.person_day', 'person', 'person_id');

-- Who has missed too many bookings may not book directly until then; a referral never asks.
create table booking.standing (
  person_id bigint not null primary key,
  suspended_until timestamptz not null
);
select platform.shard_table('booking.standing', 'person', 'person_id');

-- service_claim | the institution that is booked, the person, and an act that has named the person
-- person_day, standing | the person, and an act that has named the person
-- Claims and counts are written by the functions below and by nothing else; a standing by the house.
select platform.protect('booking.service_claim', 'org_id = {org} or person_id = any ({persons})', 'false', 'false');
select platform.protect('booking.person_day', 'person_id = any ({persons})', 'false', 'false');
select platform.protect('booking.standing', 'person_id = any ({persons})', 'false', 'false');

-- Takes the claims of a direct booking; answers null, or the code of the limit that stands in the way.
create function booking.take_claims(p_person bigint, p_org bigint, p_booking uuid, p_day date, p_service text, p_most integer, p_now timestamptz)
returns text language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if exists (select from booking.standing s where s.person_id = p_person and s.suspended_until > p_now) then return 'booking.suspended'; end if;
  insert into booking.service_claim values (p_person, p_day, p_service, p_org, p_booking) on conflict do nothing;
  if not found then return 'booking.service-booked-that-day'; end if;
  insert into booking.person_day as d values (p_person, p_day, 1)
    on conflict (person_id, on_day) do update set live = d.live + 1 where d.live < p_most;
  if not found then return 'booking.day-full'; end if;
  return null;
end $$;

-- Frees the claims of bookings; those without any are left alone.
create function booking.free_claims(p_persons bigint[], p_bookings uuid[])
returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  with freed as (
    delete from booking.service_claim c using unnest(p_persons, p_bookings) as ended (person_id, booking_id)
      where c.person_id = ended.person_id and c.booking_id = ended.booking_id returning c.person_id, c.on_day),
  counted as (select person_id, on_day, count(*)::integer as units from freed group by person_id, on_day)
  update booking.person_day d set live = d.live - counted.units from counted
    where d.person_id = counted.person_id and d.on_day = counted.on_day;
  delete from booking.person_day d using unnest(p_persons) as ended (person_id) where d.person_id = ended.person_id and d.live = 0;
$$;

-- What is due in pools that are locked: holds that have ended go back to their share, reserves whose time has come open to all.
-- Told as the forms booking.expire-hold and booking.release-due tell it.
create function booking.settle_pools(p_orgs bigint[], p_pools uuid[], p_now timestamptz)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_orgs bigint[];
  v_bookings uuid[];
  v_persons bigint[];
  v_events jsonb;
  v_audit jsonb;
  v_opened jsonb;
  v_system constant jsonb := '{"account": null, "role": "system", "org": null, "name": {"zh": "系统", "en": "System"}}';
begin
  -- A booking that somebody has locked is being moved at this moment; it gives its unit back by itself.
  with due as (
    select b.org_id, b.id from unnest(p_orgs, p_pools) as w (org_id, pool_id)
      join booking.booking b on b.org_id = w.org_id and b.pool_id = w.pool_id
      where b.state = 'held' and b.hold_until <= p_now for update of b skip locked),
  ended as (
    update booking.booking b set state = 'expired', changed_at = p_now, reason = 'hold ended', hold_until = null
      from due where b.org_id = due.org_id and b.id = due.id
      returning b.org_id, b.id, b.pool_id, b.person_id, b.made_by_org, b.share),
  counted as (
    select org_id, pool_id, count(*) filter (where share = 'reserved')::integer as reserved,
      count(*) filter (where share = 'emergency')::integer as emergency, count(*) filter (where share = 'open')::integer as open
      from ended group by org_id, pool_id),
  returned as (
    update booking.pool p set used_reserved = p.used_reserved - c.reserved, used_emergency = p.used_emergency - c.emergency,
      used_open = p.used_open - c.open, reserved = p.reserved - case when p.released_at is null then 0 else c.reserved end
      from counted c where p.org_id = c.org_id and p.id = c.pool_id)
  select array_agg(e.org_id), array_agg(e.id), array_agg(e.person_id),
      jsonb_agg(jsonb_build_object('id', uuidv7(), 'type', 'booking.expired', 'kind', 'booking', 'org', e.org_id, 'case', e.id, 'person', e.person_id,
        'seenBy', to_jsonb(array(select distinct one from unnest(array[e.org_id, e.made_by_org]) as one where one is not null)),
        'reason', 'hold ended', 'data', jsonb_build_object('pool', e.pool_id, 'share', e.share, 'specialty', p.specialty))),
      jsonb_agg(jsonb_build_object('id', uuidv7(), 'form', 'booking.expire-hold', 'kind', 'command', 'outcome', 'done',
        'basis', 'booking.expire-hold', 'person', e.person_id, 'request', 'settle ' || e.id))
    into v_orgs, v_bookings, v_persons, v_events, v_audit
    from ended e join booking.pool p on p.org_id = e.org_id and p.id = e.pool_id;

  update booking.pool p set hold_ends_next =
      (select min(b.hold_until) from booking.booking b where b.org_id = p.org_id and b.pool_id = p.id and b.state = 'held')
    from unnest(p_orgs, p_pools) as w (org_id, pool_id)
    where p.org_id = w.org_id and p.id = w.pool_id and p.hold_ends_next <= p_now;

  if v_bookings is not null then
    delete from booking.person_claim c using unnest(v_persons, v_bookings) as ended (person_id, booking_id)
      where c.person_id = ended.person_id and c.booking_id = ended.booking_id;
    perform booking.free_claims(v_persons, v_bookings);
    -- One that is firing at this moment finds its booking ended, and lapses.
    update platform.deadline d set ended_at = p_now, outcome = 'replaced' from (
      select o.org_id, o.id from unnest(v_orgs, v_bookings) as ended (org_id, booking_id)
        join platform.deadline o on o.org_id = ended.org_id and o.case_id = ended.booking_id and o.ended_at is null
        for update of o skip locked) as own
      where d.org_id = own.org_id and d.id = own.id;
    perform platform.record_act(0, p_now, v_system, v_events, '[]', v_audit, null);
  end if;

  -- What stands in open vouchers stays theirs; it opens when they are returned.
  with opened as (
    update booking.pool p set reserved = p.used_reserved + p.allotted, reserved_until_release = p.reserved, released_at = p_now
      from unnest(p_orgs, p_pools) as w (org_id, pool_id)
      where p.org_id = w.org_id and p.id = w.pool_id and p.released_at is null and p.release_at <= p_now
      returning p.org_id, p.id, old.reserved - old.used_reserved - old.allotted as units)
  select jsonb_agg(jsonb_build_object('id', uuidv7(), 'type', 'booking.reserve-released', 'kind', 'pool', 'org', o.org_id, 'case', o.id, 'person', null,
      'seenBy', jsonb_build_array(o.org_id), 'data', jsonb_build_object('units', o.units)))
    into v_opened from opened o where o.units > 0;
  if v_opened is not null then
    perform platform.record_act(0, p_now, v_system, v_opened, '[]', jsonb_build_array(jsonb_build_object('id', uuidv7(), 'form', 'booking.release-due',
      'kind', 'command', 'outcome', 'done', 'basis', 'booking.release-due', 'request', 'settle')), null);
  end if;
end $$;

-- Books or holds what many ask for at once, in the order in which they came: the decision of rules/draw-unit.ts for each of them, then
-- exactly the rows that one form would write for each, set by set. The pools are locked in the order of their keys, before anything else;
-- a race for a person or an idempotency key that another transaction wins fails the whole batch (23505 on the key of a claim or of the
-- keys, or 40001), and it is repeated.
--   p_pool_orgs, p_pools   the pools of the batch, each once
--   p_pool                 for each wish which of them it wants
--   p_twin, p_key_twin     for each wish the nearest earlier one of the same person, and of the same account and key; 0 when there is none
--   p_form                 booking.hold: held until the hold's time; booking.book: confirmed at once
--   p_today                the day for which the policy values were read; another day by the clock is JL001
-- Answers for each wish: done or replayed with the JSON text of the answer, or refused with a code; for how long, by what is known now, the
-- pool stays full for that channel (milliseconds; null when it is not known to be full); and what a sentence may show.
create function booking.book_many(p_pool_orgs bigint[], p_pools uuid[], p_pool integer[], p_twin integer[], p_key_twin integer[],
  p_form text[], p_channel text[], p_person bigint[], p_account uuid[], p_actor_org bigint[], p_role text[], p_name text[],
  p_request text[], p_key text[], p_hash text[], p_zone text, p_today date, p_hold_minutes integer, p_day_most integer, p_real_name boolean)
returns table (nr integer, outcome text, said text, full_ms integer, detail jsonb) language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v_now timestamptz;
  v_hold_until timestamptz;
  v_due_at timestamptz;
  v_wrote boolean := false;
  -- of each pool that is there: which of p_pools it is, and what it says
  v_at integer[]; v_slot integer[]; v_org bigint[]; v_starts timestamptz[]; v_day date[]; v_service text[]; v_is_stopped boolean[]; v_is_bed boolean[]; v_full_until timestamptz[];
  v_free_reserved integer[]; v_free_emergency integer[]; v_free_open integer[];
  v_drawn_reserved integer[]; v_drawn_emergency integer[]; v_drawn_open integer[];
  -- of each wish: which pool, 0 when it is not there, and what is known of its person
  v_pool integer[]; v_root bigint[]; v_has_number boolean[]; v_key_hash text[]; v_key_answer text[]; v_is_claimed boolean[]; v_is_served boolean[];
  v_live integer[]; v_suspended timestamptz[];
  v_outcome text[] := '{}'; v_said text[] := '{}'; v_full integer[]; v_detail jsonb[]; v_id uuid[]; v_share text[];
  v_code text; v_drawn text; v_lives integer; v_is_direct boolean; v_is_there boolean; v_is_same boolean;
  -- One wish alone, as it comes while nobody else asks: decided by the same lines, read and written without arrays in two thirds of the time.
  v_alone constant boolean := cardinality(p_pool) = 1; v_event uuid; v_data jsonb; v_type text;
  i integer; j integer; t integer; v_done integer := 0; v_is_second boolean := false; v_rows integer; v_holds boolean := false;
begin
  -- Locks the pools and looks at them; once more if something in them was due.
  loop
    if v_alone then
      select array[1], array[p.org_id], array[p.starts_at], array[(p.starts_at at time zone p_zone)::date],
          array[case p.unit_kind when 'visit' then p.specialty else p.unit_kind || ' ' || coalesce(p.service_zh, p.specialty) end],
          array[p.stopped_at is not null], array[p.unit_kind = 'bed-day'], array[least(p.hold_ends_next, p.starts_at, case when p.released_at is null then p.release_at end)],
          array[case when p.released_at is null then p.reserved - p.used_reserved - p.allotted else 0 end], array[p.emergency - p.used_emergency],
          array[p.capacity - p.reserved - p.emergency - p.used_open
            + case when p.released_at is null then 0 else p.reserved - p.used_reserved - p.allotted end],
          least(p.hold_ends_next, case when p.released_at is null then p.release_at end)
        into v_at, v_org, v_starts, v_day, v_service, v_is_stopped, v_is_bed, v_full_until, v_free_reserved, v_free_emergency, v_free_open, v_due_at
        from booking.pool p where p.org_id = p_pool_orgs[1] and p.id = p_pools[1] for no key update;
    else
    select array_agg(l.at), array_agg(l.org_id), array_agg(l.starts_at), array_agg((l.starts_at at time zone p_zone)::date),
        array_agg(case l.unit_kind when 'visit' then l.specialty else l.unit_kind || ' ' || coalesce(l.service_zh, l.specialty) end),
        array_agg(l.stopped_at is not null), array_agg(l.unit_kind = 'bed-day'), array_agg(least(l.hold_ends_next, l.starts_at, case when l.released_at is null then l.release_at end)),
        array_agg(case when l.released_at is null then l.reserved - l.used_reserved - l.allotted else 0 end), array_agg(l.emergency - l.used_emergency),
        array_agg(l.capacity - l.reserved - l.emergency - l.used_open
          + case when l.released_at is null then 0 else l.reserved - l.used_reserved - l.allotted end),
        least(min(l.hold_ends_next), min(l.release_at) filter (where l.released_at is null))
      into v_at, v_org, v_starts, v_day, v_service, v_is_stopped, v_is_bed, v_full_until, v_free_reserved, v_free_emergency, v_free_open, v_due_at
      from (select w.at::integer as at, p.* from unnest(p_pool_orgs, p_pools) with ordinality as w (org_id, id, at)
        join booking.pool p on p.org_id = w.org_id and p.id = w.id order by p.org_id, p.id for no key update of p) as l;
    end if;
    v_now := platform.jieli_now();
    if (v_now at time zone p_zone)::date <> p_today then
      raise exception 'the day has turned' using errcode = 'JL001';
    end if;
    exit when v_wrote or v_due_at > v_now or v_due_at is null;
    perform booking.settle_pools(p_pool_orgs, p_pools, v_now);
    v_wrote := true;
  end loop;
  v_hold_until := v_now + p_hold_minutes * interval '1 minute';
  v_slot := array_fill(0, array[cardinality(p_pools)]);
  for i in 1 .. coalesce(cardinality(v_at), 0) loop v_slot[v_at[i]] := i; end loop;
  -- An array that begins with a later place would be unnested from that place on: all of them begin with the first.
  v_drawn_reserved := array_fill(0, array[coalesce(cardinality(v_at), 0)]);
  v_drawn_emergency := v_drawn_reserved; v_drawn_open := v_drawn_reserved;
  v_full := array_fill(null::integer, array[cardinality(p_pool)]);
  v_detail := array_fill(null::jsonb, array[cardinality(p_pool)]);
  v_share := array_fill(null::text, array[cardinality(p_pool)]);
  v_id := array_fill(null::uuid, array[cardinality(p_pool)]);
  v_pool := array_fill(0, array[cardinality(p_pool)]);
  for i in 1 .. cardinality(p_pool) loop v_pool[i] := v_slot[p_pool[i]]; end loop;

  if v_alone then
    j := v_pool[1];
    select array[b.root_id], array[case when p_real_name then b.has_identifier else true end], array[k.request_hash], array[k.answer], array[c.person_id is not null],
        array[o.person_id is not null], array[d.live], array[s.suspended_until]
      into v_root, v_has_number, v_key_hash, v_key_answer, v_is_claimed, v_is_served, v_live, v_suspended
      from (select) as w
      left join residents.bookable b on b.person_id = p_person[1]
      left join platform.idempotency k on k.org_id = coalesce(p_actor_org[1], 0) and k.key = p_key[1]
        and k.account_id = coalesce(p_account[1], '00000000-0000-0000-0000-000000000000')
      left join booking.person_claim c on c.person_id = b.root_id and c.starts_at = v_starts[j]
      left join booking.service_claim o on o.person_id = b.root_id and o.on_day = v_day[j] and o.service = v_service[j]
      left join booking.person_day d on d.person_id = b.root_id and d.on_day = v_day[j]
      left join booking.standing s on s.person_id = b.root_id and s.suspended_until > v_now;
  else
  select array_agg(f.root_id), array_agg(f.has_number), array_agg(f.request_hash), array_agg(f.answer), array_agg(f.is_claimed),
      array_agg(f.is_served), array_agg(f.live), array_agg(f.suspended_until)
    into v_root, v_has_number, v_key_hash, v_key_answer, v_is_claimed, v_is_served, v_live, v_suspended
    from (select b.root_id, case when p_real_name then b.has_identifier else true end as has_number, k.request_hash, k.answer,
        c.person_id is not null as is_claimed, o.person_id is not null as is_served, d.live, s.suspended_until
      from unnest(v_pool, p_person, p_account, p_actor_org, p_key) with ordinality as w (pool, person_id, account_id, actor_org, key, at)
      left join residents.bookable b on b.person_id = w.person_id
      left join platform.idempotency k on k.org_id = coalesce(w.actor_org, 0) and k.key = w.key
        and k.account_id = coalesce(w.account_id, '00000000-0000-0000-0000-000000000000')
      left join booking.person_claim c on c.person_id = b.root_id and c.starts_at = v_starts[w.pool]
      left join booking.service_claim o on o.person_id = b.root_id and o.on_day = v_day[w.pool] and o.service = v_service[w.pool]
      left join booking.person_day d on d.person_id = b.root_id and d.on_day = v_day[w.pool]
      left join booking.standing s on s.person_id = b.root_id and s.suspended_until > v_now
      order by w.at) as f;
  end if;

  for i in 1 .. cardinality(p_pool) loop
    j := v_pool[i];
    -- An earlier act with the same key: before this batch, or in it.
    t := p_key_twin[i];
    while t > 0 and v_outcome[t] = 'refused' loop t := p_key_twin[t]; end loop;
    if t > 0 or v_key_hash[i] is not null then
      if (case when t > 0 then p_hash[t] else v_key_hash[i] end) <> p_hash[i] then
        v_outcome[i] := 'refused';
        v_said[i] := 'platform.key-used-otherwise';
      else
        v_outcome[i] := 'replayed';
        v_said[i] := case when t > 0 then v_said[t] else v_key_answer[i] end;
      end if;
      continue;
    end if;

    -- Who asks; then what is left, line by line as in rules/draw-unit.ts.
    v_code := case
      when v_root[i] is null then 'platform.not-found'
      when p_channel[i] = 'direct' and not v_has_number[i] then 'booking.real-name-needed'
      when p_channel[i] = 'direct' and v_suspended[i] is not null then 'booking.suspended'
      when j = 0 then 'booking.no-unit-left'
      when v_is_bed[j] then 'booking.bed-needs-stay'
      when v_is_stopped[j] then 'booking.clinic-stopped'
      when v_now >= v_starts[j] then 'booking.slot-has-begun'
      when p_channel[i] = 'referral' and v_free_reserved[j] > 0 then 'reserved'
      when p_channel[i] = 'emergency' and v_free_emergency[j] > 0 then 'emergency'
      when v_free_open[j] > 0 then 'open'
      when p_channel[i] = 'direct' and v_free_reserved[j] > 0 then 'booking.only-reserved-left'
      else 'booking.no-unit-left' end;

    -- One place at a time; of a direct booking also one of a service and so many a day. Earlier ones of this batch count.
    if v_code in ('reserved', 'emergency', 'open') then
      v_drawn := v_code;
      v_is_direct := p_channel[i] = 'direct';
      v_lives := coalesce(v_live[i], 0);
      v_is_there := v_is_claimed[i];
      v_is_same := v_is_served[i];
      t := p_twin[i];
      while t > 0 loop
        if v_outcome[t] = 'done' then
          v_is_there := v_is_there or v_starts[v_pool[t]] = v_starts[j];
          if p_channel[t] = 'direct' and v_day[v_pool[t]] = v_day[j] then
            v_lives := v_lives + 1;
            v_is_same := v_is_same or v_service[v_pool[t]] = v_service[j];
          end if;
        end if;
        t := p_twin[t];
      end loop;
      v_code := case when v_is_there then 'booking.person-booked-then'
        when v_is_direct and v_is_same then 'booking.service-booked-that-day'
        when v_is_direct and v_lives >= p_day_most then 'booking.day-full' end;
    end if;

    if v_code is not null then
      v_outcome[i] := 'refused';
      v_said[i] := v_code;
      if v_code in ('booking.no-unit-left', 'booking.only-reserved-left') and j > 0 then
        v_full[i] := least(extract(epoch from v_full_until[j] - v_now) * 1000, 1000000)::integer;
      elsif v_code = 'booking.suspended' then
        v_detail[i] := jsonb_build_object('until', to_char(v_suspended[i] at time zone p_zone, 'YYYY-MM-DD HH24:MI'));
      elsif v_code = 'booking.day-full' then
        v_detail[i] := jsonb_build_object('most', p_day_most);
      end if;
      continue;
    end if;
    case v_drawn
      when 'reserved' then
        v_free_reserved[j] := v_free_reserved[j] - 1;
        v_drawn_reserved[j] := v_drawn_reserved[j] + 1;
      when 'emergency' then
        v_free_emergency[j] := v_free_emergency[j] - 1;
        v_drawn_emergency[j] := v_drawn_emergency[j] + 1;
      else
        v_free_open[j] := v_free_open[j] - 1;
        v_drawn_open[j] := v_drawn_open[j] + 1;
    end case;
    v_done := v_done + 1;
    v_is_second := v_is_second or (v_is_direct and (v_lives > 0 or v_live[i] is not null));
    v_outcome[i] := 'done';
    v_share[i] := v_drawn;
    v_id[i] := uuidv7();
    if p_form[i] = 'booking.hold' then
      v_full_until[j] := least(v_full_until[j], v_hold_until);
      v_holds := true;
      v_said[i] := '{"org":"' || v_org[j] || '","booking":"' || v_id[i] || '","holdUntil":"'
        || to_char(v_hold_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') || '"}';
    else
      v_said[i] := '{"org":"' || v_org[j] || '","booking":"' || v_id[i] || '","state":"confirmed"}';
    end if;
  end loop;

  -- Who did what, or was refused; what was answered from an earlier act is on record already.
  if not v_alone then
  insert into platform.audit (org_id, id, at, account_id, role, form, kind, outcome, code, basis, person_id, case_id, request)
    select coalesce(w.actor_org, 0), uuidv7(), v_now, w.account_id, w.role, w.form, 'command', w.outcome,
      case when w.outcome = 'refused' then w.said end, w.form, case when w.outcome = 'done' then w.root_id end, null, w.request
    from unnest(v_outcome, v_said, v_root, p_actor_org, p_account, p_role, p_form, p_request)
      as w (outcome, said, root_id, actor_org, account_id, role, form, request)
    where w.outcome <> 'replayed';
  elsif v_outcome[1] <> 'replayed' then
    insert into platform.audit (org_id, id, at, account_id, role, form, kind, outcome, code, basis, person_id, case_id, request)
      values (coalesce(p_actor_org[1], 0), uuidv7(), v_now, p_account[1], p_role[1], p_form[1], 'command', v_outcome[1],
        case when v_outcome[1] = 'refused' then v_said[1] end, p_form[1], case when v_outcome[1] = 'done' then v_root[1] end, null, p_request[1]);
  end if;

  if v_done = 0 then
    -- Nothing was promised to anybody: the answer need not wait for the disk.
    if not v_wrote then perform set_config('synchronous_commit', 'off', true); end if;
    return query select w.at::integer, w.outcome, w.said, w.full_ms, w.detail
      from unnest(v_outcome, v_said, v_full, v_detail) with ordinality as w (outcome, said, full_ms, detail, at);
    return;
  end if;

  if v_alone then
    insert into booking.person_claim (person_id, starts_at, org_id, booking_id) values (v_root[1], v_starts[j], v_org[1], v_id[1]);
    if p_channel[1] = 'direct' then
      insert into booking.service_claim (person_id, on_day, service, org_id, booking_id) values (v_root[1], v_day[j], v_service[j], v_org[1], v_id[1]);
      insert into booking.person_day as d (person_id, on_day, live) values (v_root[1], v_day[j], 1)
        on conflict (person_id, on_day) do update set live = d.live + 1 where d.live < p_day_most;
      if not found then raise exception 'another booking has taken a person''s last of the day' using errcode = '40001'; end if;
    end if;
    insert into platform.idempotency (org_id, account_id, key, request_hash, answer, created_at)
      values (coalesce(p_actor_org[1], 0), coalesce(p_account[1], '00000000-0000-0000-0000-000000000000'), p_key[1], p_hash[1], v_said[1], v_now);
    v_event := uuidv7(); v_data := jsonb_build_object('pool', p_pools[1]);
    v_type := case p_form[1] when 'booking.hold' then 'booking.held' else 'booking.confirmed' end;
    insert into booking.booking (org_id, id, pool_id, person_id, case_id, made_by_org, share, channel, state, hold_until, made_at, changed_at)
      values (v_org[1], v_id[1], p_pools[1], v_root[1], v_id[1], p_actor_org[1], v_share[1], p_channel[1],
        case p_form[1] when 'booking.hold' then 'held' else 'confirmed' end, case p_form[1] when 'booking.hold' then v_hold_until end, v_now, v_now);
    insert into platform.trace_event (org_id, case_id, seq, id, case_kind, type, at, occurred_at, actor_account, actor_role, actor_org, actor_name,
        person_id, data, seen_by)
      values (v_org[1], v_id[1], 1, v_event, 'booking', v_type, v_now, v_now, p_account[1], p_role[1], p_actor_org[1], p_name[1]::jsonb, v_root[1], v_data, array[v_org[1]]);
    insert into platform.outbox (org_id, event_id, type, case_kind, case_id, person_id, at, seen_by, data)
      values (v_org[1], v_event, v_type, 'booking', v_id[1], v_root[1], v_now, array[v_org[1]], v_data);
    if v_holds then
      insert into platform.deadline (org_id, id, case_kind, case_id, name, command, input, due_at, set_at)
        values (v_org[1], uuidv7(), 'booking', v_id[1], 'hold', 'booking.expire-hold', jsonb_build_object('org', v_org[1]::text, 'booking', v_id[1]), v_hold_until, v_now);
    end if;
    insert into platform.person_event (person_id, at, event_id, case_kind, case_id, org_id, type)
      values (v_root[1], v_now, v_event, 'booking', v_id[1], v_org[1], v_type);
    update booking.pool p set used_reserved = p.used_reserved + v_drawn_reserved[1], used_emergency = p.used_emergency + v_drawn_emergency[1],
        used_open = p.used_open + v_drawn_open[1], hold_ends_next = case when v_holds then least(p.hold_ends_next, v_hold_until) else p.hold_ends_next end
      where p.org_id = p_pool_orgs[1] and p.id = p_pools[1];
    return query select 1, v_outcome[1], v_said[1], v_full[1], v_detail[1];
    return;
  end if;
  -- The guards, each in the order of its key: whoever else wants the same waits here, or has won, and then the keys of these tables refuse.
  insert into booking.person_claim (person_id, starts_at, org_id, booking_id)
    select w.root_id, v_starts[w.pool], v_org[w.pool], w.id from unnest(v_id, v_root, v_pool) as w (id, root_id, pool)
    where w.id is not null order by 1, 2;
  insert into booking.service_claim (person_id, on_day, service, org_id, booking_id)
    select w.root_id, v_day[w.pool], v_service[w.pool], v_org[w.pool], w.id
    from unnest(v_id, v_root, v_pool, p_channel) as w (id, root_id, pool, channel)
    where w.id is not null and w.channel = 'direct' order by 1, 2, 3;
  if v_is_second then
    with asked as (
      select w.root_id, v_day[w.pool] as on_day, count(*)::integer as units
        from unnest(v_id, v_root, v_pool, p_channel) as w (id, root_id, pool, channel)
        where w.id is not null and w.channel = 'direct' group by 1, 2),
    put as (
      insert into booking.person_day as d (person_id, on_day, live) select root_id, on_day, units from asked order by 1, 2
        on conflict (person_id, on_day) do update set live = d.live + excluded.live where d.live + excluded.live <= p_day_most returning 1)
    select (select count(*) from asked) - (select count(*) from put) into v_rows;
    if v_rows <> 0 then raise exception 'another booking has taken a person''s last of the day' using errcode = '40001'; end if;
  else
    -- Everybody's first of the day.
    insert into booking.person_day (person_id, on_day, live)
      select w.root_id, v_day[w.pool], 1 from unnest(v_id, v_root, v_pool, p_channel) as w (id, root_id, pool, channel)
      where w.id is not null and w.channel = 'direct' order by 1, 2;
  end if;
  insert into platform.idempotency (org_id, account_id, key, request_hash, answer, created_at)
    select coalesce(w.actor_org, 0), coalesce(w.account_id, '00000000-0000-0000-0000-000000000000'), w.key, w.hash, w.said, v_now
    from unnest(v_id, v_said, p_actor_org, p_account, p_key, p_hash) as w (id, said, actor_org, account_id, key, hash)
    where w.id is not null order by 1, 2, 3;

  -- The bookings and what is told of them.
  with made as materialized (
    select w.id, v_org[w.pool] as org_id, p_pools[v_at[w.pool]] as pool_id, w.root_id, w.share, w.channel, w.form, w.account_id, w.role, w.actor_org,
        w.name::jsonb as name, uuidv7() as event_id, jsonb_build_object('pool', p_pools[v_at[w.pool]]) as data,
        case w.form when 'booking.hold' then 'booking.held' else 'booking.confirmed' end as type
      from unnest(v_id, v_pool, v_root, v_share, p_channel, p_form, p_account, p_role, p_actor_org, p_name)
        as w (id, pool, root_id, share, channel, form, account_id, role, actor_org, name)
      where w.id is not null),
  booked as (
    insert into booking.booking (org_id, id, pool_id, person_id, case_id, made_by_org, share, channel, state, hold_until, made_at, changed_at)
      select m.org_id, m.id, m.pool_id, m.root_id, m.id, m.actor_org, m.share, m.channel,
        case m.form when 'booking.hold' then 'held' else 'confirmed' end, case m.form when 'booking.hold' then v_hold_until end, v_now, v_now
      from made m),
  traced as (
    insert into platform.trace_event (org_id, case_id, seq, id, case_kind, type, at, occurred_at, actor_account, actor_role, actor_org, actor_name,
        person_id, data, seen_by)
      select m.org_id, m.id, 1, m.event_id, 'booking', m.type, v_now, v_now, m.account_id, m.role, m.actor_org, m.name, m.root_id, m.data, array[m.org_id]
      from made m),
  sent as (
    insert into platform.outbox (org_id, event_id, type, case_kind, case_id, person_id, at, seen_by, data)
      select m.org_id, m.event_id, m.type, 'booking', m.id, m.root_id, v_now, array[m.org_id], m.data from made m),
  waiting as (
    insert into platform.deadline (org_id, id, case_kind, case_id, name, command, input, due_at, set_at)
      select m.org_id, uuidv7(), 'booking', m.id, 'hold', 'booking.expire-hold', jsonb_build_object('org', m.org_id::text, 'booking', m.id), v_hold_until, v_now
      from made m where m.form = 'booking.hold')
  insert into platform.person_event (person_id, at, event_id, case_kind, case_id, org_id, type)
    select m.root_id, v_now, m.event_id, 'booking', m.id, m.org_id, m.type from made m;

  update booking.pool p set used_reserved = p.used_reserved + w.reserved, used_emergency = p.used_emergency + w.emergency,
      used_open = p.used_open + w.open, hold_ends_next = case when v_holds then least(p.hold_ends_next, v_hold_until) else p.hold_ends_next end
    from unnest(v_at, v_drawn_reserved, v_drawn_emergency, v_drawn_open) as w (at, reserved, emergency, open)
    where w.reserved + w.emergency + w.open > 0 and p.org_id = p_pool_orgs[w.at] and p.id = p_pools[w.at];

  return query select w.at::integer, w.outcome, w.said, w.full_ms, w.detail
    from unnest(v_outcome, v_said, v_full, v_detail) with ordinality as w (outcome, said, full_ms, detail, at);
end $$;

-- Refusals that are known without asking a pool: only the keys are looked up, because an earlier act with the same key has its answer.
-- Leaves an audit row each; nothing is promised, so the answer does not wait for the disk.
create function booking.refuse_many(p_form text[], p_code text[], p_account uuid[], p_actor_org bigint[], p_role text[], p_request text[],
  p_key text[], p_hash text[])
returns table (nr integer, outcome text, said text) language plpgsql security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_bitmapscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  perform set_config('synchronous_commit', 'off', true);
  return query
    with asked as materialized (
      select w.at, w.form, w.account_id, w.actor_org, w.role, w.request, k.answer is not null and k.request_hash = w.hash as is_replayed,
          case when k.answer is null then w.code when k.request_hash = w.hash then k.answer else 'platform.key-used-otherwise' end as said
        from unnest(p_form, p_code, p_account, p_actor_org, p_role, p_request, p_key, p_hash)
          with ordinality as w (form, code, account_id, actor_org, role, request, key, hash, at)
        left join platform.idempotency k on k.org_id = coalesce(w.actor_org, 0) and k.key = w.key
          and k.account_id = coalesce(w.account_id, '00000000-0000-0000-0000-000000000000')),
    noted as (
      insert into platform.audit (org_id, id, at, account_id, role, form, kind, outcome, code, basis, request)
        select coalesce(a.actor_org, 0), uuidv7(), platform.jieli_now(), a.account_id, a.role, a.form, 'command', 'refused', a.said, a.form, a.request
        from asked a where not a.is_replayed)
    select a.at::integer, case when a.is_replayed then 'replayed' else 'refused' end, a.said from asked a order by a.at;
end $$;

revoke execute on function booking.take_claims, booking.free_claims, booking.settle_pools, booking.book_many, booking.refuse_many from public;
