-- Units of every kind in the one pool model: visit slots, exam times, bed-days, sessions of remote work; a third share, for
-- emergencies; and pools that are stopped (停诊).
alter table booking.pool
  add column unit_kind text not null default 'visit' check (unit_kind in ('visit', 'exam', 'bed-day', 'session')),
  -- What the units are of, in words: a service, a device, a ward. A visit is of its specialty.
  add column service_zh text,
  add column service_en text,
  -- The plan that published it.
  add column plan_id uuid,
  -- Whose time it takes: a doctor's, a device's; the calendar lives with the employer or owner.
  add column calendar_org bigint,
  add column calendar_id uuid,
  -- Units kept for emergencies and green channels until the slot begins.
  add column emergency integer not null default 0,
  add column used_emergency integer not null default 0,
  add column stopped_at timestamptz,
  add column stop_reason text;
alter table booking.pool drop constraint pool_check1, drop constraint pool_open_not_oversold;
alter table booking.pool
  add constraint pool_length check (ends_at > starts_at and ends_at <= starts_at + case unit_kind
    when 'visit' then interval '60 minutes' when 'bed-day' then interval '24 hours' else interval '8 hours' end),
  add constraint pool_shares_within_capacity check (emergency >= 0 and reserved + emergency <= capacity),
  add constraint pool_emergency_not_oversold check (used_emergency between 0 and emergency),
  add constraint pool_open_not_oversold check (used_open between 0 and capacity - reserved - emergency),
  add constraint pool_calendar_whole check ((calendar_org is null) = (calendar_id is null)),
  add constraint pool_stop_has_reason check ((stopped_at is null) = (stop_reason is null));
create unique index pool_published_once on booking.pool (org_id, plan_id, starts_at) where plan_id is not null;

alter table booking.booking
  add column channel text check (channel in ('referral', 'direct', 'emergency')),
  -- Days of one stay, units of one decision: they were drawn together.
  add column group_id uuid,
  -- The booking that this one was moved to.
  add column moved_to uuid,
  -- Who ended it: the person, the institution, the house.
  add column ended_by text check (ended_by in ('person', 'institution', 'house'));
alter table booking.booking drop constraint booking_share_check, drop constraint booking_state_check;
alter table booking.booking
  add constraint booking_share_check check (share in ('reserved', 'emergency', 'open')),
  add constraint booking_state_check check (state in ('held', 'confirmed', 'checked-in', 'attended', 'no-show', 'cancelled', 'expired', 'moved'));
create index on booking.booking (org_id, group_id) where group_id is not null;
