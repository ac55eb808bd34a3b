-- An institution that was told of a decision also sees that a won review took it back, of a fraud case too.
create policy seen_when_revoked on audit_rules.hit for select to jieli_app using (
  (select platform.act_role()) is not null and org_id = (select platform.act_org()) and state = 'dropped' and decided_fen is not null);
