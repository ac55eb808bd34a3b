-- What was written about a patient who was not known here joins the person's record when that Patient comes: within the act that brings the
-- Patient, and only what the same institution wrote, for by an id alone nobody else's patient becomes this one. Versions and times stay; a
-- sealed type is sealed now, its earlier versions too.
create function health_record.attach(p_person bigint, p_ids uuid[], p_metas text[], p_bodies text[], p_hashes bytea[], p_displays text[],
  p_tokens text[], p_keys text[], p_old_ids uuid[], p_old_versions integer[], p_old_bodies text[])
returns integer language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  v_moved uuid[];
begin
  with moved as (
    update health_record.resource r set person_id = p_person, reach = 'person', meta = w.meta, body = w.body, hash = w.hash, display = w.display,
        tokens = w.tokens::text[], keys = w.keys::text[]
      from unnest(p_ids, p_metas, p_bodies, p_hashes, p_displays, p_tokens, p_keys) as w (id, meta, body, hash, display, tokens, keys)
      where r.person_id = 0 and r.id = w.id and r.reach = 'custodian' and r.custodian_org is not distinct from platform.act_org()
      returning r.id, r.type, r.fhir_id)
  select coalesce(array_agg(moved.id), '{}') into v_moved from moved;
  update health_record.resource_history h set body = w.body
    from unnest(p_old_ids, p_old_versions, p_old_bodies) as w (id, version, body)
    where h.person_id = 0 and h.id = w.id and h.version = w.version and h.id = any (v_moved);
  update health_record.resource_history h set person_id = p_person, reach = 'person' where h.person_id = 0 and h.id = any (v_moved);
  update health_record.resource_claim c set person_id = p_person
    from health_record.resource r where r.person_id = p_person and r.id = any (v_moved) and c.type = r.type and c.fhir_id = r.fhir_id and c.person_id = 0
      and c.claim_key = ('x' || encode(substring(sha256(convert_to(r.type, 'UTF8') || '\x00'::bytea || convert_to(r.fhir_id, 'UTF8')) from 1 for 8), 'hex'))::bit(64)::bigint;
  return cardinality(v_moved);
end $$;
revoke execute on function health_record.attach from public;
