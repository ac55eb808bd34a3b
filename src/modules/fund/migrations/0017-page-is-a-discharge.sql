-- A front page that was taken is a discharge of the same hospital.
alter table fund.page add foreign key (org_id, taken_as) references fund.discharge (org_id, number);
