-- Every record question asks which persons are linked into one; few are.
create index person_links on residents.person (merged_into) where merged_into is not null;
