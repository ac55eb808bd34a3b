-- A unit that its person got from the waiting list was given to the case but stayed out of sight of the case's sender, who
-- could then cancel the case and leave the unit taken. It is the sender's booking, as every other unit of a case.
update booking.booking b set made_by_org = r.org_id from referral.referral r
  where r.booking_org = b.org_id and r.booking_id = b.id and b.case_id = r.id and b.made_by_org is distinct from r.org_id;
