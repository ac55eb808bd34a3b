-- The settled bill that a hit is about, where it is about one alone: what an audit brings back and what a reversal takes back of the
-- same bill are never more together than the bill cost.
alter table fund.recovery add column bill_id uuid;
create index on fund.recovery (org_id, hit_org, bill_id) where bill_id is not null;

-- What counts of each recovery: of several about one bill the first, by their ids, up to what the bill costs the budget as it stands.
create view fund.counted_recovery with (security_invoker = true) as
  select r.org_id, r.hit_org, r.hit_id, r.year, r.month, r.institution_id, greatest(r.noted_at, s.noted_at) as noted_at,
    case when s.bill_id is null then r.fen else greatest(0, least(r.fen, s.fen - r.before_fen)) end as fen
  from (select one.*, coalesce(sum(one.fen) over (partition by one.org_id, one.hit_org, one.bill_id order by one.hit_id
      rows between unbounded preceding and 1 preceding), 0)::bigint as before_fen from fund.recovery one) r
  left join fund.spend s on s.org_id = r.org_id and s.bill_org = r.hit_org and s.bill_id = r.bill_id;
