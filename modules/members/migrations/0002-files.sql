select foundation.attach_files('members.member', 'members.member');
