-- How far drawing the search values of all stored resources anew is: one row for each definition of what is drawn. What a batch has drawn and how
-- far it is commit together, so that it goes on where it stood after any crash; two who run it take turns at this row.
create table health_record.reindex (
  -- The hash of the search parameters and of the way in which values are drawn.
  definition text primary key,
  after_person bigint not null default 0,
  after_id uuid not null default '00000000-0000-0000-0000-000000000000',
  seen bigint not null default 0,
  changed bigint not null default 0,
  begun_at timestamptz not null,
  ended_at timestamptz
);
select platform.shard_table('health_record.reindex', 'local');

-- table   | who sees a row
-- reindex | the house itself
select platform.protect('health_record.reindex', 'false');
