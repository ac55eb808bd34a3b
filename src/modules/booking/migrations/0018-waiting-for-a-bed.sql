-- A bed can be waited for: an entry says how many nights, for whom the room must be, and whether it must be an isolation bed; what is
-- offered is a whole stay, held as one group of bookings.
alter table booking.waiting drop constraint waiting_unit_kind_check;
alter table booking.waiting add constraint waiting_unit_kind_check check (unit_kind in ('visit', 'exam', 'session', 'bed-day'));
alter table booking.waiting
  -- Nights that the stay is expected to last; of a bed only.
  add column nights smallint check (nights > 0),
  add column sex text check (sex in ('male', 'female')),
  add column isolation boolean not null default false,
  add constraint waiting_bed_says_stay
    check ((unit_kind = 'bed-day') = (nights is not null) and (nights is null) = (sex is null) and (nights is not null or not isolation));

alter table booking.waiting_at
  add column nights smallint,
  add column sex text,
  add column isolation boolean not null default false,
  add constraint waiting_at_bed_says_stay check ((unit_kind = 'bed-day') = (nights is not null) and (nights is null) = (sex is null));

-- The stay that is offered: its group, the ward, its first bed-day and the day of discharge. The booking of the offer is that of its first day.
alter table booking.offer
  add column group_id uuid,
  add column ward_id uuid,
  add column from_on date,
  add column until_on date,
  add constraint offer_of_a_stay check (num_nonnulls(group_id, ward_id, from_on, until_on) in (0, 4) and (until_on is null or until_on > from_on)),
  add constraint offer_of_a_ward foreign key (org_id, ward_id) references booking.ward;

-- An offer that the place takes back, because the bed is closed for instance, is told too.
alter table booking.notice drop constraint notice_kind_check;
alter table booking.notice add constraint notice_kind_check
  check (kind in ('offer', 'clinic-stopped', 'offer-missed', 'offer-withdrawn', 'waiting-ended', 'doctor-changed'));
