-- Spend of bills that changed after their year was closed is booked in a later year, which says the year and month that it belongs to.
alter table fund.transfer add column of_year integer check (of_year < year),
  add column of_month integer check (of_month between 1 and 12),
  add constraint transfer_of_other_year check ((of_year is null) = (of_month is null) and (of_year is null or source is not null));
create index transfer_of_year on fund.transfer (org_id, of_year) where of_year is not null;
