-- Who acts for somebody as guardian or proxy pays for that one: a resident's act names nobody else.
-- table      | who sees a row                                              | who changes it
-- bill, line | the institution, the person, and who acts for the person    | the same: a refund stops what waits to be carried out
select platform.protect('payment.bill', 'org_id = {org} or person_id = {person} or ({role} = ''resident'' and person_id = any ({persons}))', 'org_id = {org}',
  'org_id = {org} or person_id = {person} or ({role} = ''resident'' and person_id = any ({persons}))');
select platform.protect('payment.line', 'org_id = {org} or person_id = {person} or ({role} = ''resident'' and person_id = any ({persons}))', 'org_id = {org}',
  'org_id = {org} or person_id = {person} or ({role} = ''resident'' and person_id = any ({persons}))');
