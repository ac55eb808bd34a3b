-- The catalogue of conditions as data of an edition: what the product ships, what the region changed, and what stands in force.
alter table navigation.condition
  add column also text[] not null default '{}',
  add column sex text check (sex in ('male', 'female')),
  -- From this age in days on, and younger than that.
  add column age_from_days integer check (age_from_days >= 0),
  add column age_until_days integer check (age_until_days > age_from_days),
  -- The edition in which the row was left out; a referral may still point at it, a search no longer finds it.
  add column retired_on date;

-- One loading of texts, by whom. `origin`: shipped with the product, or changed by the region.
create table navigation.catalogue_edition (
  id uuid primary key,
  origin text not null check (origin in ('shipped', 'region')),
  edition date not null,
  hash text not null,
  row_count integer not null,
  changed_count integer not null,
  loaded_by text not null,
  loaded_at timestamptz not null
);
select platform.shard_table('navigation.catalogue_edition', 'reference');
create index catalogue_edition_latest on navigation.catalogue_edition (origin, loaded_at desc);

-- The rows as written: whole ones of the product; of the region whole ones or only the fields that differ.
create table navigation.condition_text (
  origin text not null check (origin in ('shipped', 'region')),
  key text not null,
  body jsonb not null,
  edition_id uuid not null references navigation.catalogue_edition,
  primary key (origin, key)
);
select platform.shard_table('navigation.condition_text', 'reference');

-- What each loading changed in force: `before` null for a new row, `after` null for one that was left out.
create table navigation.condition_change (
  key text not null,
  edition_id uuid not null references navigation.catalogue_edition,
  before jsonb,
  after jsonb,
  changed_at timestamptz not null,
  primary key (key, edition_id)
);
select platform.shard_table('navigation.condition_change', 'reference');

-- The whole ICD-10 table of the deployer. One edition is in force; the earlier ones stay as a line each.
create table navigation.icd_edition (
  id uuid primary key,
  name text not null,
  hash text not null,
  row_count integer not null,
  added_count integer not null,
  changed_count integer not null,
  removed_count integer not null,
  imported_by text not null,
  imported_at timestamptz not null
);
select platform.shard_table('navigation.icd_edition', 'reference');

create table navigation.icd (
  code text primary key,
  zh text not null,
  en text,
  aliases text[] not null default '{}',
  -- Of the name and of every alias, in this order.
  pinyin text[] not null,
  initials text[] not null
);
select platform.shard_table('navigation.icd', 'reference');
