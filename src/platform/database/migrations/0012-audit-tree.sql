-- A tree over the audit (RFC 6962, SM3): its rows are numbered 1..n in the order in which they were added, and each head says what all of
-- them were. Whoever changes a row behind the house's back changes a leaf, and with it every later head.
create table platform.audit_leaf (
  n bigint primary key check (n > 0),
  org_id bigint not null,
  audit_id uuid not null,
  hash bytea not null,
  unique (org_id, audit_id)
);
select platform.shard_table('platform.audit_leaf', 'local', null, true);

-- Hashes of whole subtrees of 256, 65 536 and 16 777 216 leaves, so that a proof need not read every leaf.
create table platform.audit_node (
  level smallint not null check (level in (8, 16, 24)),
  at bigint not null,
  hash bytea not null,
  primary key (level, at)
);
select platform.shard_table('platform.audit_node', 'local', null, true);

-- Signed heads, and where the next batch begins: the peaks of the tree, and the last row that stands in it.
create table platform.audit_head (
  size bigint primary key,
  root bytea not null,
  peaks bytea not null,
  at timestamptz not null,
  last_xid xid8 not null,
  last_pos bigint not null,
  signed_by text not null,
  signature bytea not null
);
select platform.shard_table('platform.audit_head', 'local', null, true);

-- Whose turn it is to add: the row that two processes meet at.
create table platform.audit_tree_turn (only_row boolean primary key default true check (only_row));
insert into platform.audit_tree_turn default values;
select platform.shard_table('platform.audit_tree_turn', 'local');

select platform.protect('platform.audit_leaf', 'false');
select platform.protect('platform.audit_node', 'false');
select platform.protect('platform.audit_head', 'false');

-- What of an audit row the tree guards, the same on every machine and under every setting.
create function platform.audit_text(a platform.audit) returns text language sql stable parallel safe as $$
  select row(a.org_id, a.id, extract(epoch from a.at), a.account_id, a.role, a.form, a.kind, a.outcome, a.code, a.basis, a.person_id, a.case_id,
    a.request, a.lawful_basis, a.lawful_ref, a.purpose, a.xid, a.pos)::text
$$;
