-- How far a refund is, is read from the books: who acts for somebody sees the transfers of that one's bills.
-- table    | who sees a row
-- transfer | the institution, the person, and who acts for the person
select platform.protect('payment.transfer', 'org_id = {org} or person_id = {person} or ({role} = ''resident'' and person_id = any ({persons}))', 'false', 'false');
