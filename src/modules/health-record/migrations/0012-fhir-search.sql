-- The newest of a type in a person's record, for many askers at once: what every screen of a record asks first.

-- Where the newest of a type of each subject stand, under every id that is linked with the person, if the institution that asks wrote all of them:
-- then its people see them whatever else they may see. One row without an id for a subject with nothing, none where others' are among them.
-- Answers no content.
create function health_record.newest_own(p_orgs bigint[], p_types text[], p_subjects bigint[], p_limits integer[])
returns table (nr integer, person_id bigint, id uuid) language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  select of.nr::integer, of.person_id, of.id
    from (select w.nr, w.org, found.person_id, found.id,
          count(found.id) filter (where found.custodian_org is distinct from w.org) over (partition by w.nr) as others
        from unnest(p_orgs, p_types, p_subjects, p_limits) with ordinality as w (org, type, subject, most, nr)
        left join lateral (
          select newest.* from residents.person p
            cross join lateral (
              select r.person_id, r.id, r.custodian_org, r.effective_at from health_record.resource r where r.person_id = p.person_id and r.type = w.type
                order by coalesce(r.effective_at, '-infinity') desc, r.id desc limit w.most + 1) newest
            where p.person_id = w.subject or p.merged_into = w.subject
            order by coalesce(newest.effective_at, '-infinity') desc, newest.id desc limit w.most + 1) found on true) of
    where of.org is not null and of.others = 0
$$;
revoke execute on function health_record.newest_own from public;

-- What one's own institution wrote is read in one act of all who share institution and role. For every other wish the asker's own act is opened,
-- and the person's record in it, as far as it may be. Answers at most p_limits + 1 rows for each wish, the newest first, so that the asker
-- knows whether there are more.
create function health_record.newest_many(p_orgs bigint[], p_accounts uuid[], p_roles text[], p_persons bigint[], p_who integer[],
  p_types text[], p_subjects bigint[], p_limits integer[], p_requests text[])
returns table (nr integer, person_id bigint, id uuid, fhir_id text, version integer, recorded_at timestamptz, meta text, body text, at text) language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v_now timestamptz;
  v_shared record;
  v_own integer[]; v_own_persons bigint[]; v_own_ids uuid[];
begin
  select coalesce(array_agg(o.nr), '{}'), array_agg(o.person_id), array_agg(o.id) into v_own, v_own_persons, v_own_ids
    from health_record.newest_own(array(select health_record.own_org(p_orgs[who], p_roles[who]) from unnest(p_who) with ordinality as w (who, nr) order by w.nr),
      p_types, p_subjects, p_limits) o;
  for v_shared in
    select min(wish.who) as who, wish.needs, array_agg(wish.nr) as nrs
      from (select w.nr::integer as nr, w.who, w.nr <> all (v_own) as needs from unnest(p_who) with ordinality as w (who, nr)) wish
      group by p_orgs[wish.who], p_roles[wish.who], wish.needs, case when wish.needs then wish.who end
  loop
    if v_shared.needs then
      v_now := platform.open_act(p_orgs[v_shared.who], p_accounts[v_shared.who], p_roles[v_shared.who], p_persons[v_shared.who]);
      perform residents.name_persons(array(select distinct p_subjects[one] from unnest(v_shared.nrs) as one), true);
      return query
        select w.nr, found.person_id, found.id, coalesce(found.fhir_id, found.id::text), found.version, found.recorded_at, found.meta, found.body,
            coalesce(found.effective_at, '-infinity')::text
          from unnest(v_shared.nrs) as w (nr)
          cross join lateral (
            select newest.* from residents.person p
              cross join lateral (
                select r.* from health_record.resource r where r.person_id = p.person_id and r.type = p_types[w.nr]
                  order by coalesce(r.effective_at, '-infinity') desc, r.id desc limit p_limits[w.nr] + 1) newest
              where p.person_id = p_subjects[w.nr] or p.merged_into = p_subjects[w.nr]
              order by coalesce(newest.effective_at, '-infinity') desc, newest.id desc limit p_limits[w.nr] + 1) found;
    else
      v_now := platform.open_act(p_orgs[v_shared.who], null, p_roles[v_shared.who], null);
      return query
        select w.nr, r.person_id, r.id, coalesce(r.fhir_id, r.id::text), r.version, r.recorded_at, r.meta, r.body, coalesce(r.effective_at, '-infinity')::text
          from unnest(v_own, v_own_persons, v_own_ids) as w (nr, person_id, id)
          join health_record.resource r on r.person_id = w.person_id and r.id = w.id
          where w.nr = any (v_shared.nrs)
          order by w.nr, coalesce(r.effective_at, '-infinity') desc, r.id desc;
    end if;
    -- Who was looked at is named where there is a reason to look, or something was shown; elsewhere it was a search that found nothing.
    perform health_record.note(v_now, 'fhir.search', 'query', 'HL7 FHIR R4: search',
        array_agg(case when platform.act_bases() ? p_subjects[one]::text or exists (
            select from residents.person p join health_record.resource r on r.person_id = p.person_id and r.type = p_types[one]
              where v_shared.needs and (p.person_id = p_subjects[one] or p.merged_into = p_subjects[one]))
          or exists (select from unnest(v_own, v_own_ids) as w (nr, id) where w.nr = one and w.id is not null) then p_subjects[one] else 0 end),
        array_agg(p_requests[one] || ' ' || p_types[one]), array_agg(p_accounts[p_who[one]]))
      from unnest(v_shared.nrs) as one;
  end loop;
end $$;
