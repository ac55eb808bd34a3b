-- What was decided when an examination was ordered: an earlier result accepted, repeated with a reason, or ordered because there was none.
create table recognition.decision (
  -- The institution that orders.
  org_id bigint not null,
  id uuid not null,
  person_id bigint not null,
  item text not null,
  site text,
  decision text not null check (decision in ('accepted', 'repeated', 'ordered')),
  -- The earlier result, and who made it; null where there was none to recognise.
  matched text,
  performer_org bigint,
  reason text check (reason in ('condition-changed', 'changes-fast', 'great-weight', 'emergency', 'judicial', 'other')),
  note text,
  -- What was not spent because a result was accepted.
  saved_fen bigint not null default 0 check (saved_fen >= 0),
  by_account uuid,
  decided_at timestamptz not null,
  decided_on date not null,
  primary key (org_id, id),
  check ((decision = 'ordered') = (matched is null)),
  check ((decision = 'repeated') = (reason is not null)),
  check (decision = 'accepted' or saved_fen = 0)
);
create index on recognition.decision (org_id, decided_on);
create index on recognition.decision (decided_on);
select platform.shard_table('recognition.decision', 'org', 'org_id');

-- table    | who sees a row
-- decision | the institution that ordered, the person and the care team, and who watches the measures
select platform.protect('recognition.decision',
  'org_id = {org} or person_id = any ({cared}) or {role} in (''health-bureau'', ''consortium-manager'', ''administrator'')', 'org_id = {org}', 'false');
