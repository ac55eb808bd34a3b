-- Who somebody is when a unit is booked, links followed. An act sees of it what it sees of the persons.
create view residents.bookable with (security_invoker = true) as
  select p.person_id, coalesce(second.merged_into, p.merged_into, p.person_id) as root_id,
    exists (select from residents.identifier i
      where i.person_id in (p.person_id, p.merged_into, second.merged_into)) as has_identifier
  from residents.person p left join residents.person second on second.person_id = p.merged_into;
comment on column residents.bookable.person_id is 'The id that was asked for.';
comment on column residents.bookable.root_id is 'The person whom it is linked into, or itself.';
comment on column residents.bookable.has_identifier is 'Whether the number of a document is known under any of the linked ids.';
