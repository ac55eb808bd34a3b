-- table                          | who sees a row
-- message, attachment, read_mark | the institution of the case, and institutions that are or were party to it
-- thread                         | the same, and the party whose list it stands in
select platform.protect('correspondence.message', 'org_id = {org} or referral.knows_case(referral_id)');
select platform.protect('correspondence.attachment', 'org_id = {org} or referral.knows_case(referral_id)');
select platform.protect('correspondence.read_mark', 'org_id = {org} or referral.knows_case(referral_id)');
select platform.protect('correspondence.thread', 'org_id = {org} or case_org = {org} or referral.knows_case(referral_id)');
