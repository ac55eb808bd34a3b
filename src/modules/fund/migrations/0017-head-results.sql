-- The contract by the head that a transfer is of: what its institution keeps of a surplus beyond what the group cost, or bears of an
-- overrun (below zero), booked once when the contract is closed. Null otherwise.
alter table fund.transfer add column head_org bigint, add column head_id uuid,
  add constraint transfer_of_head check ((head_org is null) = (head_id is null) and (head_id is null or (source is null and hit_id is null and kind = 'inside')));
create unique index transfer_of_head on fund.transfer (org_id, head_org, head_id) where head_id is not null;
