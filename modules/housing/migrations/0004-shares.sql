-- What a unit's vote weighs where an organization weighs votes by shares.
alter table housing.unit add column shares integer check (shares > 0);
