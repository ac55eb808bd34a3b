-- How many cases of each condition were treated in the whole region since a day: sums without person or place, by which lists are ordered.
create function navigation.treated_counts(p_since date)
returns table (condition_key text, cases integer)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select t.condition_key, sum(t.cases)::integer from navigation.treated t
  where t.on_day >= p_since and platform.act_role() is not null
  group by t.condition_key
$$;
revoke execute on function navigation.treated_counts from public;
