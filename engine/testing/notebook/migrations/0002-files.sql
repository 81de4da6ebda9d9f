alter table notebook.entry
  add column photo uuid,
  add column tags text[],
  add foreign key (org_id, photo) references foundation.file (org_id, id);
create index entry_photo on notebook.entry (org_id, photo, id);
select foundation.attach_files('notebook.entry', 'notebook.entry');
