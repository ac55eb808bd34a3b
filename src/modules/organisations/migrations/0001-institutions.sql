-- Divisions, institutions, services, staff, consortia and the grid. Small and read everywhere: reference tables.
create table organisations.division (
  code text primary key check (code ~ '^\d{12}$'),
  zh text not null,
  rank text not null check (rank in ('province', 'prefecture', 'county', 'township', 'village')),
  parent text references organisations.division
);
create index on organisations.division (parent);
select platform.shard_table('organisations.division', 'reference');

create table organisations.specialty (
  code text primary key check (code ~ '^\d{4}$'),
  zh text not null,
  en text not null,
  grade text not null
);
select platform.shard_table('organisations.specialty', 'reference');

create table organisations.institution (
  id bigint primary key,
  code text not null unique,
  zh text not null,
  en text,
  tier text not null check (tier in ('province', 'city', 'county', 'regional-centre', 'township', 'village')),
  ws218 text not null,
  level smallint not null check (level in (1, 2, 3, 9)),
  rank smallint not null check (rank in (1, 2, 3, 4, 9)),
  ownership text not null check (ownership in ('public', 'private')),
  division text not null references organisations.division,
  parent_id bigint references organisations.institution deferrable initially deferred,
  longitude numeric(8, 5) not null,
  latitude numeric(8, 5) not null,
  beds integer not null check (beds >= 0),
  population integer not null check (population >= 0),
  phone text,
  valid_from date not null,
  valid_until date check (valid_until > valid_from),
  synthetic boolean not null default false,
  -- Since when the text of this row is in force; null means since valid_from. Earlier texts stand in institution_past.
  text_from date,
  -- The zh name in pinyin for searching; filled by the module itself.
  pinyin text not null default '',
  initials text not null default ''
);
create index on organisations.institution (division);
create index on organisations.institution (parent_id);
create index on organisations.institution (tier);
create index institution_by_place on organisations.institution using gist (point(longitude::float8, latitude::float8));
select platform.shard_table('organisations.institution', 'reference');
-- Keys of institutions, consortia and staff entered by hand lie above every key made from a 12-digit division code.
create sequence organisations.entered_id start 10000000000000;

-- What an institution's row said before: a changed text was in force from…until, a corrected one never rightly was.
create table organisations.institution_past (
  institution_id bigint not null references organisations.institution,
  version integer not null check (version > 0),
  why text not null check (why in ('changed', 'corrected')),
  from_on date not null,
  until_on date not null,
  body jsonb not null,
  replaced_at timestamptz not null,
  replaced_by uuid,
  primary key (institution_id, version)
);
select platform.shard_table('organisations.institution_past', 'reference', null, true);

create table organisations.service (
  institution_id bigint not null references organisations.institution,
  specialty text not null references organisations.specialty,
  line text not null check (line in ('prevention', 'diagnosis', 'treatment', 'nutrition', 'rehabilitation', 'nursing', 'health-management')),
  tag text check (tag in ('key', 'advantage', 'feature')),
  zh text not null,
  en text,
  valid_from date not null,
  valid_until date check (valid_until > valid_from),
  primary key (institution_id, specialty, line, valid_from)
);
create index on organisations.service (specialty, institution_id);
select platform.shard_table('organisations.service', 'reference');

create table organisations.staff (
  id bigint primary key,
  zh text not null,
  en text,
  role text not null check (role in ('village-doctor', 'family-doctor', 'physician', 'nurse', 'referral-coordinator', 'manager')),
  title text,
  specialty text references organisations.specialty,
  employer_id bigint not null references organisations.institution,
  workplace_id bigint not null references organisations.institution,
  valid_from date not null,
  valid_until date check (valid_until > valid_from),
  synthetic boolean not null default false
);
create index on organisations.staff (workplace_id, role);
create index on organisations.staff (employer_id);
select platform.shard_table('organisations.staff', 'reference');

-- Where somebody worked before the present placement (县管乡用).
create table organisations.staff_past (
  staff_id bigint not null references organisations.staff,
  version integer not null check (version > 0),
  employer_id bigint not null references organisations.institution,
  workplace_id bigint not null references organisations.institution,
  valid_from date not null,
  valid_until date not null,
  primary key (staff_id, version)
);
select platform.shard_table('organisations.staff_past', 'reference', null, true);

create table organisations.consortium (
  id bigint primary key,
  kind text not null check (kind in ('county-consortium', 'city-group', 'specialty-alliance')),
  zh text not null,
  en text,
  division text not null references organisations.division,
  lead_id bigint not null references organisations.institution,
  specialty text references organisations.specialty,
  valid_from date not null,
  valid_until date check (valid_until > valid_from)
);
select platform.shard_table('organisations.consortium', 'reference');

create table organisations.membership (
  consortium_id bigint not null references organisations.consortium,
  institution_id bigint not null references organisations.institution,
  role text not null check (role in ('lead', 'member', 'partner')),
  tightness text not null check (tightness in ('tight', 'semi-tight', 'loose')),
  valid_from date not null,
  valid_until date check (valid_until > valid_from),
  primary key (consortium_id, institution_id, valid_from)
);
create index on organisations.membership (institution_id);
select platform.shard_table('organisations.membership', 'reference');

-- Every village and community belongs to exactly one consortium: the primary key says so.
create table organisations.grid (
  village text primary key references organisations.division,
  consortium_id bigint not null references organisations.consortium
);
create index on organisations.grid (consortium_id);
select platform.shard_table('organisations.grid', 'reference');
