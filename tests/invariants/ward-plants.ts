// A ward with one bed, and somebody in it: put in by hand to be broken by hand.
const HOSPITAL = 10
const WARD = '00000000-0000-4000-8000-0000000000a1'
const CLASS = '00000000-0000-4000-8000-0000000000a2'
const BED = '00000000-0000-4000-8000-0000000000a3'
const STAY = '00000000-0000-4000-8000-0000000000a4'

const ward = `insert into booking.ward values (${HOSPITAL}, '${WARD}', '演示病区', null, '0400');
  insert into booking.bed_class values (${HOSPITAL}, '${CLASS}', '${WARD}', 'any', false, null);
  insert into booking.bed values (${HOSPITAL}, '${BED}', '${WARD}', '${CLASS}', '1', '1')`
const stay = `${ward}; insert into booking.stay (org_id, id, ward_id, class_id, person_id, sex, isolation, channel, from_on, until_on, state, bed_id,
    admitted_at, made_at, changed_at)
  values (${HOSPITAL}, '${STAY}', '${WARD}', '${CLASS}', 1, 'female', false, 'direct', '2026-12-01', '2026-12-03', 'admitted', '${BED}', now(), now(), now())`

/** A breach of each check of beds and of the past, to be planted by hand. */
export const WARD_PLANTS: Readonly<Record<string, string>> = {
  'stay-is-its-bed-days': stay,
  'bed-has-one-stay': stay,
  'stay-has-an-end': stay,
  'bed-day-is-of-a-stay': `update booking.pool set unit_kind = 'bed-day' where used_open > 0`,
  'bed-days-are-open-beds': `update booking.pool set unit_kind = 'bed-day'`,
  'group-has-an-end': `update booking.booking set group_id = '${STAY}' where state = 'held'`,
  'past-has-ended': `insert into booking.past_booking select * from booking.booking where state = 'held'`,
}
