select foundation.attach_files('housing.unit', 'housing.unit');
select foundation.attach_files('housing.occupancy', 'housing.occupancy');
