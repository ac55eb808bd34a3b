-- All fees of a bill, in scope or not: limits of 医疗费总额 are measured by them. Entries that were there get what their revision changed.
alter table settlement.year_entry add column total_fen bigint not null default 0;
update settlement.year_entry e set total_fen = r.total_fen - coalesce((select b.total_fen from settlement.revision b
    where b.org_id = e.org_id and b.bill_id = e.bill_id and b.no < e.revision order by b.no desc limit 1), 0)
  from settlement.revision r where r.org_id = e.org_id and r.bill_id = e.bill_id and r.no = e.revision;
