-- table        | who sees a row
-- pool         | every act: what is free is public; only its institution opens a pool, and any act may draw from it
-- booking      | the institution that is booked, the one that booked, the person, and an act that has named the person
-- person_claim | the institution that is booked, the person, and an act that has named the person
select platform.protect('booking.pool', '{role} is not null', 'org_id = {org}');
select platform.protect('booking.booking', 'org_id = {org} or made_by_org = {org} or person_id = any ({persons})', '{role} is not null');
select platform.protect('booking.person_claim', 'org_id = {org} or person_id = any ({persons})', '{role} is not null');

-- allotment, voucher | the institution whose units they are, and the one that holds them
select platform.protect('booking.allotment', 'org_id = {org} or holder_org = {org}');
select platform.protect('booking.voucher', 'org_id = {org} or holder_org = {org}');
