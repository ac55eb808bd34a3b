-- What may be wrong, and the lowest level that may treat it (疾病分级诊疗目录).
create table navigation.condition (
  key text primary key,
  zh text not null,
  en text not null,
  aliases text[] not null default '{}',
  -- Name and aliases in pinyin and initials, each between spaces; filled by the module itself.
  pinyin text not null default '',
  icd10 text[] not null,
  specialty text not null,
  lowest_tier text not null check (lowest_tier in ('village', 'township', 'county', 'city', 'province')),
  urgency text not null check (urgency in ('routine', 'soon', 'urgent', 'emergency')),
  source text not null
);
select platform.shard_table('navigation.condition', 'reference');
