-- A function's plan that is made once for any list of places walks the list for every row; one made for the list at hand looks it up.
-- Making it costs less than a millisecond, walking a county's list a hundred.
alter function navigation.treated_by(bigint[], text[], date, date) set plan_cache_mode to force_custom_plan;
alter function navigation.treated_months(bigint[], text[], text, date, date) set plan_cache_mode to force_custom_plan;
