-- Why somebody may read a record: consents, emergency access, persons who act for others, statutory duties; and the one place that decides.

-- Dated numbers of the rulebook (rulebook/national/record-access) as the database asks them; the house writes them at each start.
create table record_access.limit_value (
  name text not null,
  from_on date not null,
  until_on date,
  value numeric not null,
  primary key (name, from_on)
);
select platform.shard_table('record_access.limit_value', 'reference');

-- Laws that let an office read without consent (rulebook/national/record-access/statutory-duties.json); written at each start.
create table record_access.statutory_duty (
  id text primary key,
  purpose text not null,
  roles text[] not null,
  kinds text[]
);
select platform.shard_table('record_access.statutory_duty', 'reference');

-- One consent is for one purpose. What the person was shown when giving it stays as it was.
create table record_access.consent (
  person_id bigint not null,
  id uuid not null,
  purpose text not null check (purpose in ('treatment', 'research', 'commercial-insurance', 'quality')),
  -- The institution that may read by it; null: whichever treats the person.
  to_org bigint,
  -- Kinds of resources that it covers; null: all of them.
  kinds text[] check (kinds <> '{}'),
  shown jsonb not null,
  given_by text not null check (given_by in ('self', 'representative', 'paper')),
  given_at timestamptz not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  by_account uuid,
  by_org bigint,
  scan_type text,
  scan bytea,
  withdrawn_at timestamptz,
  withdrawn_by uuid,
  primary key (person_id, id),
  check (from_at < until_at),
  check (purpose = 'treatment' or to_org is not null),
  check ((given_by = 'paper') = (scan is not null) and (scan is null) = (scan_type is null))
);
create index on record_access.consent (to_org, person_id) where withdrawn_at is null;
select platform.shard_table('record_access.consent', 'person', 'person_id');

-- Break-glass: of one account, for one person, for hours; told to the person, reviewed by somebody else.
create table record_access.emergency (
  person_id bigint not null,
  id uuid not null,
  account_id uuid not null,
  account_name text not null,
  role text not null,
  org_id bigint not null,
  reason text not null,
  note text not null,
  opened_at timestamptz not null,
  until_at timestamptz not null,
  review_by_on date not null,
  escalated_at timestamptz,
  verdict text check (verdict in ('justified', 'not-justified')),
  reviewed_at timestamptz,
  reviewed_by uuid,
  review_note text,
  primary key (person_id, id),
  check (until_at > opened_at and until_at <= opened_at + interval '24 hours'),
  check ((verdict is null) = (reviewed_at is null) and (verdict is null) = (reviewed_by is null)),
  check (reviewed_by <> account_id)
);
create index on record_access.emergency (org_id, review_by_on) where verdict is null;
create index on record_access.emergency (review_by_on) where verdict is null;
select platform.shard_table('record_access.emergency', 'person', 'person_id');

-- Sensitive parts opened by one account, with a reason, for a while.
create table record_access.opening (
  person_id bigint not null,
  id uuid not null,
  account_id uuid not null,
  org_id bigint not null,
  category text not null,
  reason text not null,
  opened_at timestamptz not null,
  until_at timestamptz not null,
  primary key (person_id, id)
);
create index on record_access.opening (person_id, account_id, until_at);
select platform.shard_table('record_access.opening', 'person', 'person_id');

-- Who may act for somebody: a guardian or a proxy, by a document, for a time.
create table record_access.representative (
  person_id bigint not null,
  id uuid not null,
  by_person_id bigint not null,
  kind text not null check (kind in ('guardian', 'proxy')),
  document text not null check (document <> ''),
  from_on date not null,
  until_on date,
  registered_at timestamptz not null,
  registered_by uuid,
  registered_org bigint,
  ended_at timestamptz,
  ended_because text,
  primary key (person_id, id),
  check (by_person_id <> person_id),
  check ((ended_at is null) = (ended_because is null))
);
create index on record_access.representative (by_person_id) where ended_at is null;
select platform.shard_table('record_access.representative', 'person', 'person_id');

-- A person asks why somebody looked; the privacy officer answers. The look is a row of the audit.
create table record_access.question (
  person_id bigint not null,
  id uuid not null,
  audit_org bigint not null,
  audit_id uuid not null,
  asks text not null,
  asked_at timestamptz not null,
  answer_by_on date not null,
  answer text,
  answered_at timestamptz,
  answered_by uuid,
  primary key (person_id, id),
  check ((answer is null) = (answered_at is null))
);
create unique index question_once on record_access.question (person_id, audit_org, audit_id);
create index on record_access.question (answer_by_on) where answer is null;
select platform.shard_table('record_access.question', 'person', 'person_id');

-- More than so many persons leave the house only when a second person agrees.
create table record_access.export_wish (
  org_id bigint not null,
  id uuid not null,
  asked_by uuid not null,
  asked_name text not null,
  asked_at timestamptz not null,
  persons_most integer not null check (persons_most > 0),
  purpose text not null,
  reason text not null,
  decided text check (decided in ('approved', 'refused')),
  decided_by uuid,
  decided_at timestamptz,
  used_at timestamptz,
  until_at timestamptz not null,
  primary key (org_id, id),
  check (decided_by <> asked_by),
  check ((decided is null) = (decided_by is null) and (decided is null) = (decided_at is null))
);
select platform.shard_table('record_access.export_wish', 'org', 'org_id');

-- A number of the rulebook in force on a day; null when there is none: what rests on it is then refused.
create function record_access.limit_on(p_name text, p_day date) returns numeric language sql stable as $$
  select l.value from record_access.limit_value l where l.name = p_name and l.from_on <= p_day and (l.until_on is null or l.until_on >= p_day)
    order by l.from_on desc limit 1
$$;
revoke execute on function record_access.limit_on from public;

-- Today in the region, whose zone the house writes at each start.
create function record_access.today() returns date language sql stable as $$
  select (platform.jieli_now() at time zone coalesce((select value from platform.setting where name = 'zone'), 'Asia/Shanghai'))::date
$$;
revoke execute on function record_access.today from public;

-- Persons for whom somebody may act today. Guardianship ends by age; so does nobody's proxy. What is linked into them belongs to them.
create function record_access.represented(p_by bigint) returns table (person_id bigint, kind text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_today constant date := record_access.today();
  v_ends constant numeric := record_access.limit_on('record-access.guardianship-ends-years', v_today);
begin
  return query select r.person_id, min(r.kind) from record_access.representative r join residents.person p on p.person_id = r.person_id
    where r.by_person_id = p_by and r.ended_at is null and r.from_on <= v_today and (r.until_on is null or r.until_on >= v_today)
      and (r.kind = 'proxy' or (p.born_on is not null and p.born_on + make_interval(years => v_ends::integer) > v_today))
    group by r.person_id;
end $$;
revoke execute on function record_access.represented from public;

-- The one decision. For each of some persons whom the act has named: the first basis that holds, in the order of rules/lawful-basis.ts,
-- which says the same and is held to it by lawful-basis.same-as-rule.test.ts. Opens what it finds.
create function record_access.open_lawful(p_ids bigint[], p_purpose text) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_role constant text := platform.act_role();
  v_org constant bigint := platform.act_org();
  v_account constant uuid := platform.act_account();
  v_self constant bigint := platform.act_person();
  v_bases jsonb := platform.act_bases();
  v_now constant timestamptz := platform.jieli_now();
  v_today constant date := record_access.today();
  v_treats constant boolean := v_role in ('village-doctor', 'family-doctor', 'referral-desk', 'ward') and v_org is not null;
  v_recent numeric;
  v_root record;
  v_basis text;
  v_ref text;
  v_kinds text[];
  v_purpose text;
  v_ids bigint[];
begin
  if v_role is null or v_role in ('system', 'insurer') then return; end if;
  for v_root in
    select coalesce(r.person_id, p.person_id) as person_id, coalesce(r.care_org_id, p.care_org_id) as care_org, coalesce(r.clinic_org_id, p.clinic_org_id) as clinic_org,
        coalesce(r.born_on, p.born_on) as born_on, array_agg(p.person_id) as ids
      from residents.person p left join residents.person r on r.person_id = p.merged_into
      where p.person_id = any (p_ids) group by 1, 2, 3, 4
  loop
    -- What was found once holds to the end of the act.
    v_ids := array(select one from unnest(v_root.ids) as one where not v_bases ? one::text);
    continue when v_ids = '{}';
    v_basis := null; v_ref := null; v_kinds := null; v_purpose := p_purpose;
    if v_role = 'resident' then
      if v_root.person_id = v_self or v_self = any (v_root.ids) then
        v_basis := 'self'; v_purpose := 'self';
      else
        select 'representative', r.kind into v_basis, v_ref from record_access.represented(v_self) r where r.person_id = v_root.person_id;
        v_purpose := 'self';
      end if;
    elsif v_treats and p_purpose in ('treatment', 'beginning-care', 'emergency') then
      v_recent := coalesce(v_recent, record_access.limit_on('record-access.recent-days', v_today), 0);
      if v_org in (v_root.care_org, v_root.clinic_org) then
        v_basis := 'care-team';
      else
        v_ref := coalesce(
          (select 'encounter ' || hit from health_record.care_by_encounter(v_root.ids || v_root.person_id, v_org, v_now - v_recent * interval '1 day') as hit),
          (select 'referral ' || hit from referral.care_by_referral(v_root.ids || v_root.person_id, v_org, v_now - v_recent * interval '1 day') as hit),
          (select 'booking ' || hit from booking.care_by_booking(v_root.ids || v_root.person_id, v_org, v_now - v_recent * interval '1 day',
            v_now + coalesce(record_access.limit_on('record-access.booking-ahead-days', v_today), 0) * interval '1 day') as hit));
        v_basis := split_part(v_ref, ' ', 1);
      end if;
    end if;
    if v_basis is null and v_role <> 'resident' and v_org is not null then
      select 'consent', 'consent ' || c.id, c.kinds into v_basis, v_ref, v_kinds from record_access.consent c
        where c.person_id = any (v_root.ids || v_root.person_id) and c.purpose = case when p_purpose in ('beginning-care', 'emergency') then 'treatment' else p_purpose end
          and (c.to_org = v_org or (c.to_org is null and v_treats))
          and c.withdrawn_at is null and c.from_at <= v_now and c.until_at > v_now
        order by c.kinds is not null, c.given_at desc limit 1;
    end if;
    if v_basis is null and v_treats and p_purpose in ('treatment', 'emergency') then
      select 'emergency', 'emergency ' || e.id into v_basis, v_ref from record_access.emergency e
        where e.person_id = any (v_root.ids || v_root.person_id) and e.account_id = v_account and e.opened_at <= v_now and e.until_at > v_now
        order by e.until_at desc limit 1;
    end if;
    if v_basis is null then
      select 'statutory', 'law ' || d.id, d.kinds into v_basis, v_ref, v_kinds from record_access.statutory_duty d
        where d.purpose = p_purpose and v_role = any (d.roles) order by d.id limit 1;
    end if;
    if v_basis is null and v_treats and p_purpose = 'beginning-care' then v_basis := 'beginning-care'; end if;
    continue when v_basis is null;
    select v_bases || jsonb_object_agg(one::text, jsonb_build_object('basis', v_basis, 'ref', v_ref, 'purpose', v_purpose, 'kinds', to_jsonb(v_kinds)))
      into v_bases from unnest(v_ids) as one;
    perform set_config('jieli.bases', v_bases::text, true);
    if v_kinds is null then
      perform set_config('jieli.lawful', (platform.act_lawful() || v_ids)::text, true);
    else
      perform set_config('jieli.lawful_kinds', (platform.act_lawful_kinds() || array(select one || ' ' || kind from unnest(v_ids) as one cross join unnest(v_kinds) as kind))::text, true);
    end if;
    perform set_config('jieli.opened', (platform.act_opened() || array(
      -- One's own is open to oneself; the guardian of a child sees it while the child is too young to decide; all others open it by a reason.
      select one || ' ' || c.category from unnest(v_ids) as one cross join record_access.categories() as c (category)
        where v_basis = 'self'
          or (v_basis = 'representative' and v_ref = 'guardian' and v_root.born_on is not null
            and v_root.born_on + make_interval(years => coalesce(record_access.limit_on('record-access.own-secrets-years', v_today), 0)::integer) > v_today)
          or exists (select from record_access.opening o where o.person_id = any (v_root.ids || v_root.person_id) and o.account_id = v_account
            and o.category in (c.category, 'all') and o.opened_at <= v_now and o.until_at > v_now)))::text, true);
  end loop;
end $$;
revoke execute on function record_access.open_lawful from public;

-- Names persons, finds why the act may read their records, opens them; answers one row for each id that was opened.
create function record_access.open_records(p_ids bigint[], p_purpose text default 'treatment')
returns table (person_id bigint, basis text, ref text, purpose text, kinds text[]) language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform set_config('jieli.purpose', p_purpose, true);
  perform residents.name_persons(p_ids, true);
  perform set_config('jieli.purpose', '', true);
  return query select b.key::bigint, b.value->>'basis', b.value->>'ref', b.value->>'purpose',
      case when jsonb_typeof(b.value->'kinds') = 'array' then array(select jsonb_array_elements_text(b.value->'kinds')) end
    from jsonb_each(platform.act_bases()) as b (key, value)
    where exists (select from residents.person p where p.person_id = b.key::bigint and (p.person_id = any (p_ids) or p.merged_into = any (p_ids)
      or exists (select from residents.person asked where asked.person_id = any (p_ids) and asked.merged_into = p.person_id)));
end $$;
revoke execute on function record_access.open_records from public;

-- Names persons in the open act, as before; whoever may act for another names that person too. `p_opens` opens the record's hints by the
-- role, and its content by a lawful basis alone.
create or replace function residents.name_persons(p_ids bigint[], p_opens boolean) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_role constant text := platform.act_role();
  v_own bigint[];
  v_named bigint[];
  v_cared bigint[];
begin
  if v_role is null or v_role in ('system', 'insurer') then return; end if;
  if v_role = 'resident' then
    v_own := array[platform.act_person()] || array(select r.person_id from record_access.represented(platform.act_person()) r);
    select array_agg(p.person_id) into v_named from residents.person p
      where (p.person_id = any (p_ids) or (p_opens and p.merged_into = any (p_ids)))
        and (p.person_id = any (v_own) or p.merged_into = any (v_own)
          or p.person_id = (select own.merged_into from residents.person own where own.person_id = platform.act_person()));
    v_cared := v_named;
  elsif p_opens then
    select array_agg(p.person_id), array_agg(p.person_id) filter (where platform.act_org() in (root.care_org_id, root.clinic_org_id))
      into v_named, v_cared from residents.person root join residents.person p on p.person_id = root.person_id or p.merged_into = root.person_id
      where root.person_id = any (p_ids);
  else
    select array_agg(distinct one) into v_named from residents.person p cross join unnest(array[p.person_id, p.merged_into]) as one
      where p.person_id = any (p_ids) and one is not null;
  end if;
  if v_named is null then return; end if;
  perform set_config('jieli.persons', (platform.act_persons() || v_named)::text, true);
  if p_opens then
    if v_role in ('resident', 'village-doctor', 'family-doctor', 'referral-desk', 'ward') then
      perform set_config('jieli.records', (platform.act_records() || v_named)::text, true);
      perform set_config('jieli.cared', (platform.act_cared() || coalesce(v_cared, '{}'))::text, true);
    end if;
    perform record_access.open_lawful(v_named, coalesce(nullif(current_setting('jieli.purpose', true), ''), 'treatment'));
  end if;
end $$;

-- Categories of sensitive content.
create function record_access.categories() returns setof text language sql immutable as $$
  values ('hiv'), ('mental-health'), ('reproduction'), ('abuse') $$;
revoke execute on function record_access.categories from public;

-- table          | who sees a row
-- limit_value, statutory_duty | the house itself, which writes them at each start
-- consent        | the person and whoever acts for them or cares for them; the institution that may read by it
-- emergency      | the person; the institution whose account opened it; those who review: the administrator and the bureau
-- opening        | the person; the account that opened
-- representative | both persons, those who act for them, and an act of the region's staff that has named the person
-- question       | the person; those who answer
-- export_wish    | the institution that asks; the administrator
select platform.protect('record_access.limit_value', 'false');
select platform.protect('record_access.statutory_duty', 'false');
select platform.protect('record_access.consent', 'person_id = any ({cared}) or to_org = {org}',
  'person_id = any ({cared}) or ({role} in (''village-doctor'', ''family-doctor'') and person_id = any ({persons}))', 'person_id = any ({cared})');
select platform.protect('record_access.emergency',
  'person_id = any ({cared}) or org_id = {org} or {role} in (''administrator'', ''health-bureau'')',
  'org_id = {org} and account_id = {account}',
  '{role} in (''administrator'', ''health-bureau'')');
select platform.protect('record_access.opening', '(person_id = any ({cared}) and {role} = ''resident'') or account_id = {account}', 'account_id = {account}', 'false');
select platform.protect('record_access.representative',
  'person_id = any ({persons}) or by_person_id = {person}', '{role} in (''family-doctor'', ''village-doctor'', ''administrator'')');
select platform.protect('record_access.question', '(person_id = any ({cared}) and {role} = ''resident'') or {role} in (''administrator'', ''health-bureau'')',
  'person_id = any ({cared}) and {role} = ''resident''', '{role} in (''administrator'', ''health-bureau'')');
select platform.protect('record_access.export_wish', '{role} = ''administrator'' or ({role} in (''consortium-manager'', ''health-bureau'') and org_id = coalesce({org}, 0))');

-- What the audit says of a look that somebody has asked about, for those who may see the question.
create function record_access.look_of(p_org bigint, p_audit uuid, out "lookedAt" timestamptz, out form text, out basis text, out lawful text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.at, a.form, a.basis, a.lawful_basis from platform.audit a
    where a.org_id = p_org and a.id = p_audit and exists (select from record_access.question q where q.audit_org = p_org and q.audit_id = p_audit)
$$;
revoke execute on function record_access.look_of from public;
