-- Sums of settled bills, without the people: for whoever compares what institutions cost and what funds pay.
create function settlement.may_sum() returns boolean language sql stable parallel safe as $$
  select platform.act_role() in ('system', 'insurer', 'health-bureau', 'consortium-manager') $$;

-- Of some institutions between two days, by institution and month of discharge: bills that stand as they last came out, those to be settled again not.
create function settlement.sums_of_bills(p_orgs bigint[], p_from date, p_until date)
returns table (org_id bigint, month date, bills integer, cost_fen bigint, fund_fen bigint, in_scope_fen bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.org_id, date_trunc('month', b.day)::date, count(*)::integer, sum(r.total_fen)::bigint, sum(r.fund_fen)::bigint, sum(seen.in_scope_fen)::bigint
  from settlement.bill b
  cross join lateral (select n.kind, n.total_fen, n.fund_fen from settlement.revision n where n.org_id = b.org_id and n.bill_id = b.id order by n.no desc limit 1) r
  cross join lateral (select coalesce(sum(y.in_scope_fen), 0) as in_scope_fen from settlement.year_entry y
    where y.person_id = b.person_id and y.org_id = b.org_id and y.bill_id = b.id) seen
  where settlement.may_sum() and b.org_id = any (p_orgs) and b.day between p_from and p_until and r.kind in ('settled', 'adjusted')
  group by 1, 2 order by 1, 2
$$;
revoke execute on function settlement.sums_of_bills from public;
-- Days of one institution's bills.
create index on settlement.bill (org_id, day);
