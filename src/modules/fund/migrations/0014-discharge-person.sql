-- What the directory of supervision asks of a discharge beside its group: whose it is, as the insurer's code of a person (the same at every
-- stay, never an identity number), the person's sex, and whether a return within 31 days was planned when the person left.
alter table fund.discharge add column person_code text;
alter table fund.discharge add column sex text check (sex in ('female', 'male'));
alter table fund.discharge add column return_planned boolean not null default false;
create index on fund.discharge (org_id, person_code, discharged_on) where person_code is not null;
