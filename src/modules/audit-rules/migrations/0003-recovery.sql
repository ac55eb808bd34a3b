-- The books of what audits ask back: who owes the fund since when, what came, and what was let go. Nothing is edited; what was wrong is booked back.

create function audit_rules.sum_of(fen bigint[]) returns bigint language sql immutable parallel safe as $$
  select coalesce(sum(one), 0)::bigint from unnest(fen) as one $$;

-- One row is one transfer between accounts, and the database takes none that does not sum to zero. `owed:<institution>` is what an
-- institution owes the fund (below zero while it owes), `fund:recovery` what the fund gets back, `institution:<institution>` its money.
create table audit_rules.transfer (
  -- The institution that billed it.
  org_id bigint not null,
  hit_id uuid not null,
  -- decided: asked back; paid: came back; waived: closed without; revoked: a won review took the decision back.
  kind text not null check (kind in ('decided', 'paid', 'waived', 'revoked')),
  accounts text[] not null,
  fen bigint[] not null,
  booked_by uuid,
  booked_at timestamptz not null,
  primary key (org_id, hit_id, kind),
  foreign key (org_id, hit_id) references audit_rules.hit,
  check (audit_rules.sum_of(fen) = 0),
  check (cardinality(accounts) = cardinality(fen) and cardinality(fen) > 1),
  check (0 <> all (fen))
);
create index on audit_rules.transfer (booked_at);
select platform.shard_table('audit_rules.transfer', 'org', 'org_id', true);

-- table    | who sees a row
-- transfer | the insurer; the institution that owes or owed it
select platform.protect('audit_rules.transfer', '{role} = ''insurer'' or org_id = {org}', '{role} = ''insurer''', 'false');

-- What was decided before there were books is booked as it stands.
insert into audit_rules.transfer (org_id, hit_id, kind, accounts, fen, booked_by, booked_at)
  select org_id, id, 'decided', array['owed:' || org_id, 'fund:recovery'], array[-decided_fen, decided_fen], decided_by, changed_at
    from audit_rules.hit where state in ('recovering', 'closed') and decided_fen > 0
  union all
  select org_id, id, 'paid', array['institution:' || org_id, 'owed:' || org_id], array[-recovered_fen, recovered_fen], null, changed_at
    from audit_rules.hit where state = 'closed' and decided_fen > 0 and recovered_fen > 0
  union all
  select org_id, id, 'waived', array['fund:recovery', 'owed:' || org_id], array[coalesce(recovered_fen, 0) - decided_fen, decided_fen - coalesce(recovered_fen, 0)], null, changed_at
    from audit_rules.hit where state = 'closed' and coalesce(recovered_fen, 0) < decided_fen;
