-- An institution's books are its own: nobody else sees them below the forms.
-- table                                    | who sees a row
-- transfer, settlement                     | the institution and the person
-- comparison, ticket                       | the institution
select platform.protect('payment.transfer', 'org_id = {org} or person_id = {person}', 'false', 'false');
select platform.protect('payment.settlement', 'org_id = {org} or person_id = {person}', 'false', 'false');
select platform.protect('payment.comparison', 'org_id = {org}', 'false', 'false');
select platform.protect('payment.ticket', 'org_id = {org}', 'false', 'org_id = {org}');
