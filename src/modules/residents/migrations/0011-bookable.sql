-- The person whom an id stands for once every link is followed; the id itself where there is none.
create function residents.root_of(p_id bigint) returns bigint language sql stable as $$
  with recursive link as (
    select p.person_id, p.merged_into from residents.person p where p.person_id = p_id
    union all
    select p.person_id, p.merged_into from link join residents.person p on p.person_id = link.merged_into)
  select coalesce((select person_id from link where merged_into is null), p_id);
$$;
revoke execute on function residents.root_of from public;

-- Who somebody is when a unit is booked, links followed. An act sees of it what it sees of the persons.
create view residents.bookable with (security_invoker = true) as
  select p.person_id, case when p.merged_into is null then p.person_id else residents.root_of(p.merged_into) end as root_id,
    exists (select from residents.identifier i
      where i.person_id = p.person_id or i.person_id = p.merged_into) as has_identifier
  from residents.person p;
comment on column residents.bookable.person_id is 'The id that was asked for.';
comment on column residents.bookable.root_id is 'The person whom it is linked into, or itself.';
comment on column residents.bookable.has_identifier is 'Whether the number of a document is known under one of the two.';
