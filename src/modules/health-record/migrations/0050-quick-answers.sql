-- The newest of a type once more, quicker: one row for each asker instead of one for each resource. The rows of an answer stand in one text, apart
-- by U+0001 and their columns by U+0002: JSON holds neither.

-- Where the newest of a type of each subject stand, the newest first, under every id that is linked with the person, if the institution that asks
-- wrote all of them: then its people see them whatever else they may see. No row where others' are among them. Answers no content.
create function health_record.newest_places(p_orgs bigint[], p_types text[], p_subjects bigint[], p_limits integer[])
returns table (nr integer, persons bigint[], ids uuid[]) language sql stable security definer
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
  select w.nr::integer, own.persons, own.ids
    from unnest(p_orgs, p_types, p_subjects, p_limits) with ordinality as w (org, type, subject, most, nr)
    cross join lateral (
      select array_agg(found.person_id) as persons, array_agg(found.id) as ids, count(*) filter (where found.custodian_org is distinct from w.org) as others
        from (select newest.* from residents.person p
            cross join lateral (
              select r.person_id, r.id, r.custodian_org, r.effective_at from health_record.resource r where r.person_id = p.person_id and r.type = w.type
                order by coalesce(r.effective_at, '-infinity') desc, r.id desc limit w.most + 1) newest
            where p.person_id = w.subject or p.merged_into = w.subject
            order by coalesce(newest.effective_at, '-infinity') desc, newest.id desc limit w.most + 1) found) own
    where w.org is not null and own.others = 0
$$;
revoke execute on function health_record.newest_places from public;

-- What one's own institution wrote is read in one act of all who share institution and role. For every other wish the asker's own act is opened,
-- and the person's record in it, as far as it may be. Answers at most p_limits + 1 rows for each wish, the newest first, so that the asker knows
-- whether there are more: number (empty where the id is the resource's own), id, version, time, mark, members of meta (U+0003: within the body), body.
create function health_record.newest_lines(p_orgs bigint[], p_accounts uuid[], p_roles text[], p_persons bigint[], p_who integer[],
  p_types text[], p_subjects bigint[], p_limits integer[], p_requests text[])
returns table (nr integer, lines text) language plpgsql
set search_path = pg_catalog, pg_temp set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off
set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  v_now timestamptz;
  v_shared record;
  v_own integer[]; v_shown integer[]; v_nrs integer[]; v_persons bigint[]; v_ids uuid[];
begin
  with placed as materialized (
    select * from health_record.newest_places(array(select health_record.own_org(p_orgs[who], p_roles[who]) from unnest(p_who) with ordinality as w (who, nr) order by w.nr),
      p_types, p_subjects, p_limits))
  select coalesce((select array_agg(p.nr) from placed p), '{}'), coalesce((select array_agg(p.nr) from placed p where p.ids is not null), '{}'),
      flat.nrs, flat.persons, flat.ids into v_own, v_shown, v_nrs, v_persons, v_ids
    from (select array_agg(p.nr) as nrs, array_agg(one.person_id) as persons, array_agg(one.id) as ids
      from placed p cross join lateral unnest(p.persons, p.ids) as one (person_id, id)) flat;
  for v_shared in
    select min(wish.who) as who, wish.needs, array_agg(wish.nr) as nrs
      from (select w.nr::integer as nr, w.who, w.nr <> all (v_own) as needs from unnest(p_who) with ordinality as w (who, nr)) wish
      group by p_orgs[wish.who], p_roles[wish.who], wish.needs, case when wish.needs then wish.who end
  loop
    if v_shared.needs then
      v_now := platform.open_act(p_orgs[v_shared.who], p_accounts[v_shared.who], p_roles[v_shared.who], p_persons[v_shared.who]);
      perform residents.name_persons(array(select distinct p_subjects[one] from unnest(v_shared.nrs) as one), true);
      return query
        select w.nr, string_agg(found.line, U&'\0001')
          from unnest(v_shared.nrs) as w (nr)
          cross join lateral (
            select concat(newest.fhir_id, U&'\0002', newest.id, U&'\0002', newest.version, U&'\0002', newest.recorded_at, U&'\0002',
                coalesce(newest.effective_at, '-infinity'), U&'\0002', coalesce(newest.meta, U&'\0003'), U&'\0002', newest.body) as line
              from residents.person p
              cross join lateral (
                select r.* from health_record.resource r where r.person_id = p.person_id and r.type = p_types[w.nr]
                  order by coalesce(r.effective_at, '-infinity') desc, r.id desc limit p_limits[w.nr] + 1) newest
              where p.person_id = p_subjects[w.nr] or p.merged_into = p_subjects[w.nr]
              order by coalesce(newest.effective_at, '-infinity') desc, newest.id desc limit p_limits[w.nr] + 1) found
          group by w.nr;
    else
      v_now := platform.open_act(p_orgs[v_shared.who], null, p_roles[v_shared.who], null);
      return query
        select w.nr, string_agg(concat(r.fhir_id, U&'\0002', r.id, U&'\0002', r.version, U&'\0002', r.recorded_at, U&'\0002',
            coalesce(r.effective_at, '-infinity'), U&'\0002', coalesce(r.meta, U&'\0003'), U&'\0002', r.body), U&'\0001')
          from unnest(v_nrs, v_persons, v_ids) as w (nr, person_id, id)
          join health_record.resource r on r.person_id = w.person_id and r.id = w.id
          where w.nr = any (v_shared.nrs)
          group by w.nr;
    end if;
    -- Who was looked at is named where there is a reason to look, or something was shown; elsewhere it was a search that found nothing.
    perform health_record.note(v_now, 'fhir.search', 'query', 'HL7 FHIR R4: search',
        array_agg(case when one = any (v_shown) or platform.act_bases() ? p_subjects[one]::text or (v_shared.needs and exists (
            select from residents.person p join health_record.resource r on r.person_id = p.person_id and r.type = p_types[one]
              where p.person_id = p_subjects[one] or p.merged_into = p_subjects[one])) then p_subjects[one] else 0 end),
        array_agg(p_requests[one] || ' ' || p_types[one]), array_agg(p_accounts[p_who[one]]))
      from unnest(v_shared.nrs) as one;
  end loop;
end $$;
