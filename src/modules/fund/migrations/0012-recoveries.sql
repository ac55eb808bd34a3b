-- What audits ask back of the spend of a consortium's people, as each hit stands: asked while it is owed, what came once it is closed,
-- nothing once it was revoked. Taken into the books hit by hit.
create table fund.recovery (
  -- The institution that leads the consortium whose budget the bill was of.
  org_id bigint not null,
  hit_org bigint not null,
  hit_id uuid not null,
  -- The year and month of the newest stay that the hit is about.
  year integer not null,
  month integer not null check (month between 1 and 12),
  -- The member that owes it; null: outside of the consortium.
  institution_id bigint,
  fen bigint not null check (fen >= 0),
  noted_at timestamptz not null,
  primary key (org_id, hit_org, hit_id)
);
create index on fund.recovery (org_id, year);
create index on fund.recovery (hit_org, hit_id);
select platform.shard_table('fund.recovery', 'org', 'org_id');

-- The hit of an audit that a transfer is of; null otherwise.
alter table fund.transfer add column hit_org bigint, add column hit_id uuid,
  add constraint transfer_of_hit check ((hit_org is null) = (hit_id is null) and (hit_id is null or (source is null and kind in ('deduct', 'outside'))));
create index transfer_of_hit on fund.transfer (org_id, hit_org, hit_id) where hit_id is not null;

-- table    | who sees a row
-- recovery | the house, which notes it; the insurer and the bureau
select platform.protect('fund.recovery', '{role} in (''insurer'', ''health-bureau'')', 'false', 'false');
