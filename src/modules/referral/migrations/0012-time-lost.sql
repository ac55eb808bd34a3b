-- When the clinic of a case's unit was stopped: the case is to be scheduled again until another unit is found.
alter table referral.referral add column time_lost_at timestamptz;
