-- Until when a person has seen what came into the own record: results recorded later are announced.
create table health_record.news_seen (
  person_id bigint primary key,
  seen_at timestamptz not null
);
select platform.shard_table('health_record.news_seen', 'person', 'person_id');
-- The person's own act alone; nobody else asks what a person has read.
select platform.protect('health_record.news_seen', 'person_id = {person}', 'person_id = {person}', 'person_id = {person}');
