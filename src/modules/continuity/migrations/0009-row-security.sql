-- table              | who sees a row
-- attestation        | an act that has opened the person's record
-- readiness          | who asks, who is asked, and an act that has opened the person's record
-- hand_over          | the institution of the case, and institutions that are or were party to it
-- plan               | its author, who carries it out, the parties of the case, and an act that has opened the person's record
-- plan_version, tick | whoever sees the plan
select platform.protect('continuity.attestation', 'person_id = any ({records})');
select platform.protect('continuity.readiness', 'org_id = {org} or receiver_org = {org} or person_id = any ({records})');
select platform.protect('continuity.hand_over', 'org_id = {org} or referral.knows_case(referral_id)');
select platform.protect('continuity.plan', 'author_org = {org} or care_org = {org} or case_org = {org} or person_id = any ({records}) or referral.knows_case(referral_id)');
select platform.protect('continuity.plan_version', 'exists (select from continuity.plan p where p.person_id = plan_version.person_id and p.id = plan_version.plan_id)');
select platform.protect('continuity.tick', 'exists (select from continuity.plan p where p.person_id = tick.person_id and p.id = tick.plan_id)');
