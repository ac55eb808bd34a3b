-- Units of the reserve that another institution may promise while it is cut off. `allotted` is what of the reserve stands in
-- open vouchers: it is nobody else's, and the row guards that used and allotted never pass the reserve.
alter table booking.pool add column allotted integer not null default 0;
alter table booking.pool drop constraint pool_reserved_not_oversold;
alter table booking.pool add constraint pool_reserved_not_oversold check (used_reserved >= 0 and allotted >= 0 and used_reserved + allotted <= reserved);

create table booking.allotment (
  org_id bigint not null,
  id uuid not null,
  pool_id uuid not null,
  holder_org bigint not null,
  units integer not null check (units > 0),
  valid_until timestamptz not null,
  made_at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, pool_id) references booking.pool,
  check (holder_org <> org_id)
);
create index on booking.allotment (org_id, pool_id);
select platform.shard_table('booking.allotment', 'org', 'org_id');

-- One unit each. The number is what the holder hands out; who does not know it cannot use it.
create table booking.voucher (
  org_id bigint not null,
  number text not null check (length(number) >= 22),
  allotment_id uuid not null,
  pool_id uuid not null,
  holder_org bigint not null,
  valid_until timestamptz not null,
  -- open: its unit is kept. used: its unit is drawn. returned, withdrawn: its unit went back. used-late: an ordinary unit was drawn for it afterwards.
  state text not null check (state in ('open', 'used', 'returned', 'withdrawn', 'used-late')),
  changed_at timestamptz not null,
  booking_id uuid,
  primary key (org_id, number),
  foreign key (org_id, allotment_id) references booking.allotment,
  foreign key (org_id, booking_id) references booking.booking,
  check ((state in ('used', 'used-late')) = (booking_id is not null))
);
create index on booking.voucher (org_id, allotment_id);
create index on booking.voucher (holder_org, valid_until) where state = 'open';
select platform.shard_table('booking.voucher', 'org', 'org_id');
