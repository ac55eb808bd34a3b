-- Whoever promised a unit that is gone calls the person.
alter table referral.task drop constraint task_kind_check;
alter table referral.task add constraint task_kind_check check (kind in ('arrival', 'discharge', 'follow-up', 'consent', 'call'));
