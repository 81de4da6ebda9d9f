-- Which reminders went out: each once for a record, its date and the distance from it, whatever runs twice and however
-- often the date is moved.
create table foundation.reminded (
  org_id uuid not null default foundation.current_org() references foundation.org on delete cascade,
  reminder text not null,
  record uuid not null,
  day date not null,
  distance integer not null,
  reminded_at timestamptz not null default now(),
  primary key (org_id, reminder, record, day, distance)
);
select foundation.guard_table('foundation.reminded');
