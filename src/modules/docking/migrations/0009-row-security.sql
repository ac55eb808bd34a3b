-- table      | who sees a row
-- line       | the sender and the receiver of the case, and who looks after the line to the province
-- message    | whoever sees its line
-- difference | the institution of the case, and who looks after the line to the province
select platform.protect('docking.line', 'org_id = {org} or receiver_org = {org} or {role} in (''consortium-manager'', ''health-bureau'', ''administrator'')');
select platform.protect('docking.message', 'exists (select from docking.line l where l.org_id = message.org_id and l.case_id = message.case_id)');
select platform.protect('docking.difference', 'org_id = {org} or {role} in (''consortium-manager'', ''health-bureau'', ''administrator'')');
