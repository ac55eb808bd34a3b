-- Whether an institution treats one of some persons by a referral: as its sender or receiver, sent and open, or ended since a moment.
-- Answers the referral, or null. Asked beneath the forms by record_access.
create function referral.care_by_referral(p_persons bigint[], p_org bigint, p_since timestamptz) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select r.id from referral.referral r join referral.party p on p.org_id = p_org and p.referral_id = r.id
    where r.person_id = any (p_persons) and p.side in ('sender', 'receiver') and r.state <> 'draft' and (p.ended_at is null or p.ended_at > p_since)
    order by r.opened_at desc limit 1
$$;
revoke execute on function referral.care_by_referral from public;
