-- Who closed a ticket, by name and role, for whoever watches from outside of the institution.
alter table payment.ticket add column closed_name jsonb;
alter table payment.ticket add column closed_role text;
create index on payment.comparison (day desc);
create index on payment.ticket (opened_at desc, id desc);
-- Whether books agree, and what is open of it, is seen by who pays and who oversees; what the books hold stays the institution's own.
-- table              | who sees a row
-- comparison, ticket | the institution, the insurer and the health bureau; only the institution closes
select platform.protect('payment.comparison', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', 'false', 'false');
select platform.protect('payment.ticket', 'org_id = {org} or {role} in (''insurer'', ''health-bureau'')', 'false', 'org_id = {org}');
