-- Where the value of an indicator is what the house's own measure came to: its steps. Null for what somebody entered.
alter table fund.assessed add column steps jsonb;
