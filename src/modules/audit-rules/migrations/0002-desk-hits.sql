-- A bill that somebody opens or settles is asked of the rules at the desk; what was hit and let through goes to the insurer's work list at
-- once, by whoever treats: one batch for an institution and day, `desk:<institution>:<day>`. Such a hit is found, and nothing is decided of it.

create policy found_at_desk on audit_rules.hit for insert to jieli_app with check (
  (select platform.act_role()) in ('village-doctor', 'family-doctor', 'referral-desk', 'ward') and org_id = (select platform.act_org()) and state = 'found' and decided_fen is null and recovered_fen is null and not is_fraud_case
  and batch = 'desk:' || (select platform.act_org()) || ':' || found_on);
create policy seen_at_desk on audit_rules.batch for select to jieli_app using ((select platform.act_role()) in ('village-doctor', 'family-doctor', 'referral-desk', 'ward') and strpos(name, 'desk:' || (select platform.act_org()) || ':') = 1);
create policy added_at_desk on audit_rules.batch for insert to jieli_app with check ((select platform.act_role()) in ('village-doctor', 'family-doctor', 'referral-desk', 'ward') and strpos(name, 'desk:' || (select platform.act_org()) || ':') = 1);
create policy changed_at_desk on audit_rules.batch for update to jieli_app using ((select platform.act_role()) in ('village-doctor', 'family-doctor', 'referral-desk', 'ward') and strpos(name, 'desk:' || (select platform.act_org()) || ':') = 1);
