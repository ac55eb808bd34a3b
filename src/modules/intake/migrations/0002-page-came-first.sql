-- A front page may come before the first message of its stay. Then the Encounter keeps the id that the page gave it, also once the
-- messages name their visit: what refers to it stays right.
alter table intake.front_page add column came_first boolean not null default false;
comment on column intake.front_page.came_first is 'The page stood for the stay before a message named the visit; the Encounter goes by the page.';
create index on intake.front_page (org_id, person_id, admitted_at) where visit is null;
