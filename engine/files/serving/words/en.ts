/** Everything that is said when files are looked at or given out. */
export const words = {
  deleted: 'This file was deleted.',
  no_version: 'This file has no version {{number}}.',
  bad_version: 'A version is a whole number, such as 2.',
  bytes_missing:
    'The contents of this file cannot be found where they are kept. Please tell whoever looks after this server; ' +
    'nothing that you do can make it worse.',
  bytes_changed:
    'The contents of this file are not what was uploaded, so it is not given out. Please tell whoever looks after ' +
    'this server: a backup may still have it.',
  beyond: 'The file is not that long.',
  preview_waiting: 'The preview of this file is being made. Try again in a moment.',
  no_preview: 'There is no preview of this file. Download it to open it.',
  no_page: 'This document has no page {{number}} that can be shown here.',
  no_clean_copy:
    'This picture may tell where it was taken, and no copy without that can be made of it. Ask somebody who may ' +
    'change the files here to upload it as a JPEG or PNG.',
  link_over: 'This link does not work any more. Ask whoever sent it to you for a new one.',
  link_minutes: 'Say for how many minutes the link works: a whole number from {{least}} to {{most}} (7 days).',
  link_by_key: 'Links to files are made by people, not with an API key.',
  link_unsaved: 'Save the record first; then a link to its files can be made.',
  too_many: 'Too many files were opened by links from here. Wait a minute, then try again.',
}
