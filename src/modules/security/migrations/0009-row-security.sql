-- Who signs in is nobody yet: the house itself looks accounts, sessions and factors up (as the system). Within an act an account sees
-- its own rows; an administrator sees and changes those of all.
-- table                          | who sees a row
-- account, session               | the account itself, administrators
-- factor, recovery_code, notice  | the account itself, administrators
-- factor_reset                   | administrators, and the account that it is about
-- factor_institution             | every act reads; administrators write
-- device                         | the account that works on it, administrators
select platform.protect('security.account', 'id = {account} or {role} = ''administrator''', '{role} = ''administrator''');
select platform.protect('security.session', 'account_id = {account} or {role} = ''administrator''');
select platform.protect('security.factor', 'account_id = {account} or {role} = ''administrator''');
select platform.protect('security.recovery_code', 'account_id = {account} or {role} = ''administrator''');
select platform.protect('security.notice', 'account_id = {account} or {role} = ''administrator''');
select platform.protect('security.factor_reset', 'account_id = {account} or {role} = ''administrator''');
select platform.protect('security.factor_institution', '{role} is not null', '{role} = ''administrator''', '{role} = ''administrator''');
select platform.protect('security.device', 'account_id = {account} or {role} = ''administrator''');
