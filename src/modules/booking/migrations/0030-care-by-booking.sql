-- Whether an institution treats one of some persons by a booking that stands between two moments: confirmed, come, or attended.
-- Answers the booking, or null. Asked beneath the forms by record_access.
create function booking.care_by_booking(p_persons bigint[], p_org bigint, p_since timestamptz, p_until timestamptz) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.id from booking.person_claim c join booking.booking b on b.org_id = c.org_id and b.id = c.booking_id
    where c.person_id = any (p_persons) and c.org_id = p_org and c.starts_at > p_since and c.starts_at < p_until
      and b.state in ('confirmed', 'checked-in', 'attended')
    order by c.starts_at desc limit 1
$$;
revoke execute on function booking.care_by_booking from public;
