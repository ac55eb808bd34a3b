-- A browser in which one account works without a network. half_sealed is the server's half of the key of what that
-- browser keeps, sealed with half_key; it is handed out to its account alone and never while revoked.
create table security.device (
  id uuid primary key,
  account_id uuid not null references security.account,
  label text not null,
  half_key bytea not null,
  half_sealed bytea not null,
  registered_at timestamptz not null,
  last_seen_at timestamptz not null,
  revoked_at timestamptz,
  revoked_by uuid,
  revoke_reason text,
  -- When the device itself said that it had removed what it kept.
  wiped_at timestamptz,
  check ((revoked_at is null) = (revoke_reason is null)),
  check (wiped_at is null or revoked_at is not null)
);
create index on security.device (account_id);
select platform.shard_table('security.device', 'local');
