-- Reads and creates in batches: one statement and one flush for whatever was asked for at that moment, each asker under his own act.

-- Where resources stand, by type and id. Answers no content: whoever reads them must still be let through by the rows' protection.
create function health_record.locate(p_types text[], p_ids text[])
returns table (nr integer, person_id bigint, id uuid, custodian_org bigint, reach text) language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  select w.nr::integer, r.person_id, r.id, r.custodian_org, r.reach
    from unnest(p_types, p_ids) with ordinality as w (type, fhir_id, nr)
    join health_record.resource r on coalesce(r.fhir_id, r.id::text) = w.fhir_id and r.type = w.type
$$;

-- The same of what was deleted: where its last version stands.
create function health_record.locate_deleted(p_types text[], p_ids text[])
returns table (nr integer, person_id bigint, id uuid, custodian_org bigint, reach text) language sql stable security definer
set search_path = pg_catalog, pg_temp as $$
  select distinct on (w.nr) w.nr::integer, h.person_id, h.id, h.custodian_org, h.reach
    from unnest(p_types, p_ids) with ordinality as w (type, fhir_id, nr)
    join health_record.resource_history h on coalesce(h.fhir_id, h.id::text) = w.fhir_id and h.type = w.type and h.is_deleted
    order by w.nr, h.version desc
$$;

-- Which person a reference to a Patient means: a stored Patient's id, or else the number of a person of the index. Answers no content.
create function health_record.persons_of_patients(p_ids text[])
returns table (nr integer, person_id bigint) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select w.nr::integer, coalesce(
      (select r.person_id from health_record.resource r where coalesce(r.fhir_id, r.id::text) = w.fhir_id and r.type = 'Patient' limit 1),
      case when w.fhir_id ~ '^\d{1,18}$' then (select p.person_id from residents.person p where p.person_id = w.fhir_id::bigint) end)
    from unnest(p_ids) with ordinality as w (fhir_id, nr)
$$;

-- Audit rows of FHIR interactions, one for each person or resource; by the act that is open, or by the accounts of those who asked together.
create function health_record.note(p_now timestamptz, p_form text, p_kind text, p_basis text, p_persons bigint[], p_requests text[],
  p_accounts uuid[] default null)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into platform.audit (org_id, id, at, account_id, role, form, kind, outcome, basis, person_id, request)
    select coalesce(platform.act_org(), 0), uuidv7(), p_now, coalesce(w.account, platform.act_account()), platform.act_role(), p_form, p_kind, 'done', p_basis,
      nullif(w.person_id, 0), w.request
    from unnest(p_persons, p_requests, p_accounts) as w (person_id, request, account);
end $$;

-- Tells what was written, once for a batch: health-record.written.
create function health_record.tell(p_now timestamptz, p_resources jsonb)
returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into platform.outbox (org_id, event_id, type, case_kind, case_id, person_id, at, seen_by, data)
    values (coalesce(platform.act_org(), 0), uuidv7(), 'health-record.written', 'record', uuidv7(), null, p_now, '{}',
      jsonb_build_object('resources', p_resources));
end $$;

-- Claims ids that clients chose; answers whether each was free.
create function health_record.claim_ids(p_keys bigint[], p_types text[], p_ids text[], p_persons bigint[])
returns table (type text, fhir_id text) language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into health_record.resource_claim as c (claim_key, type, fhir_id, person_id)
    select w.claim_key, w.type, w.fhir_id, w.person_id from unnest(p_keys, p_types, p_ids, p_persons) as w (claim_key, type, fhir_id, person_id)
    order by 1, 2, 3
    on conflict do nothing returning c.type, c.fhir_id
$$;

-- The institution whose own writings somebody reads as theirs: who treats people there; null for everybody else.
create function health_record.own_org(p_org bigint, p_role text) returns bigint language sql immutable parallel safe as $$
  select case when p_role in ('village-doctor', 'family-doctor', 'referral-desk', 'ward') then p_org end
$$;

-- Reads what many ask for at once. What one's own institution wrote and what is about nobody is decided by institution and role alone: those who
-- share both share one act. For everything else each asker's own act is opened in turn, and the persons' records in it, if they may be. A row
-- that an asker does not see is not answered.
--   p_orgs … p_persons   the askers, each once; p_who says for each wish whose it is
create function health_record.read_many(p_orgs bigint[], p_accounts uuid[], p_roles text[], p_persons bigint[], p_who integer[],
  p_types text[], p_ids text[], p_requests text[])
returns table (nr integer, person_id bigint, version integer, recorded_at timestamptz, meta text, body text, wrapped bytea) language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v_now timestamptz;
  v_shared record;
begin
  for v_shared in
    select min(l.who) as who, l.needs, array_agg(l.nr) as nrs, array_agg(l.person_id) as persons, array_agg(l.id) as ids
      from (select p.nr, p.person_id, p.id, p_who[p.nr] as who,
          p.reach = 'person' and (p.custodian_org is distinct from health_record.own_org(p_orgs[p_who[p.nr]], p_roles[p_who[p.nr]])
            or p.custodian_org is null or p_types[p.nr] in ('Patient', 'RelatedPerson')) as needs
        from health_record.locate(p_types, p_ids) p) l
      group by p_orgs[l.who], p_roles[l.who], l.needs, case when l.needs then l.who end
  loop
    if v_shared.needs then
      v_now := platform.open_act(p_orgs[v_shared.who], p_accounts[v_shared.who], p_roles[v_shared.who], p_persons[v_shared.who]);
      perform residents.name_persons(array(select distinct one from unnest(v_shared.persons) as one), true);
    else
      v_now := platform.open_act(p_orgs[v_shared.who], null, p_roles[v_shared.who], null);
    end if;
    return query
      with found as materialized (
        select w.at, r.person_id, r.version, r.recorded_at, r.meta, r.body
          from unnest(v_shared.nrs, v_shared.persons, v_shared.ids) as w (at, person_id, id)
          join health_record.resource r on r.person_id = w.person_id and r.id = w.id),
      noted as materialized (
        select health_record.note(v_now, 'fhir.read', 'query', 'HL7 FHIR R4: read', array_agg(f.person_id),
          array_agg(p_requests[f.at] || ' ' || p_types[f.at] || '/' || p_ids[f.at]), array_agg(p_accounts[p_who[f.at]]))
          from found f having count(*) > 0)
      select f.at, f.person_id, f.version, f.recorded_at, f.meta, f.body,
          case when p_types[f.at] in ('Patient', 'RelatedPerson') then (select k.wrapped from residents.person_key k where k.person_id = f.person_id) end
        from found f, noted;
  end loop;
end $$;

-- Writes new resources of one actor, whose act is open: each its first version, or the next after its deletion.
create function health_record.add_many(p_now timestamptz, p_org bigint, p_persons bigint[], p_ids uuid[], p_versions integer[], p_types text[], p_fhir_ids text[],
  p_source_ids text[], p_reaches text[], p_metas text[], p_bodies text[], p_hashes bytea[], p_code_systems text[], p_codes text[], p_displays text[],
  p_effective timestamptz[], p_statuses text[], p_tokens text[], p_keys text[], p_sensitives text[])
returns void language sql set search_path = pg_catalog, pg_temp as $$
  insert into health_record.resource (person_id, id, version, type, fhir_id, source, source_id, custodian_org, reach, meta, body, hash,
      code_system, code, display, effective_at, status, tokens, keys, sensitive, recorded_at)
    select w.person_id, w.id, w.version, w.type, w.fhir_id, 'jieli', w.source_id, p_org, w.reach, w.meta, w.body, w.hash,
      w.code_system, w.code, w.display, w.effective_at, w.status, w.tokens::text[], w.keys::text[], w.sensitive, p_now
    from unnest(p_persons, p_ids, p_versions, p_types, p_fhir_ids, p_source_ids, p_reaches, p_metas, p_bodies, p_hashes, p_code_systems, p_codes, p_displays,
      p_effective, p_statuses, p_tokens, p_keys, p_sensitives)
      as w (person_id, id, version, type, fhir_id, source_id, reach, meta, body, hash, code_system, code, display, effective_at, status, tokens, keys, sensitive)
$$;

-- Creates what many bring at once, ids given by the house. Whether somebody may write is decided by institution and role: those who share both
-- share one act, and each audit row names who it was.
--   p_orgs, p_roles   each pair once; p_shared says for each resource whose it is
create function health_record.create_many(p_orgs bigint[], p_roles text[], p_shared integer[], p_accounts uuid[], p_requests text[],
  p_persons bigint[], p_ids uuid[], p_types text[], p_reaches text[], p_metas text[], p_bodies text[], p_hashes bytea[], p_code_systems text[], p_codes text[],
  p_displays text[], p_effective timestamptz[], p_statuses text[], p_tokens text[], p_keys text[], p_sensitives text[])
returns timestamptz language plpgsql set search_path = pg_catalog, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  v_now timestamptz;
begin
  for i in 1 .. cardinality(p_roles) loop
    v_now := platform.open_act(p_orgs[i], null, p_roles[i], null);
    insert into health_record.resource (person_id, id, version, type, source, custodian_org, reach, meta, body, hash,
        code_system, code, display, effective_at, status, tokens, keys, sensitive, recorded_at)
      select w.person_id, w.id, 1, w.type, 'jieli', p_orgs[i], w.reach, w.meta, w.body, w.hash,
        w.code_system, w.code, w.display, w.effective_at, w.status, w.tokens::text[], w.keys::text[], w.sensitive, v_now
      from unnest(p_shared, p_persons, p_ids, p_types, p_reaches, p_metas, p_bodies, p_hashes, p_code_systems, p_codes, p_displays,
        p_effective, p_statuses, p_tokens, p_keys, p_sensitives)
        as w (shared, person_id, id, type, reach, meta, body, hash, code_system, code, display, effective_at, status, tokens, keys, sensitive)
      where w.shared = i;
    perform health_record.note(v_now, 'fhir.create', 'command', 'HL7 FHIR R4: create', array_agg(w.person_id),
          array_agg(w.request || ' ' || w.type || '/' || w.id), array_agg(w.account)),
        health_record.tell(v_now, jsonb_agg(jsonb_build_object('type', w.type, 'id', w.id, 'version', 1, 'person', nullif(w.person_id, 0)::text)))
      from unnest(p_shared, p_accounts, p_persons, p_ids, p_types, p_requests) as w (shared, account, person_id, id, type, request) where w.shared = i;
  end loop;
  return v_now;
end $$;

revoke execute on function health_record.locate, health_record.locate_deleted, health_record.persons_of_patients, health_record.note, health_record.tell,
  health_record.claim_ids from public;
