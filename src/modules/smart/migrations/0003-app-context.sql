-- What a start from our desk hands to the app, word for word: a text of whoever proposed the app (SMART App Launch 2.2, `appContext`). It goes
-- into the token answer and is forgotten with the allowance.
alter table smart.launch add column app_context text;
alter table smart.allowance add column app_context text;
