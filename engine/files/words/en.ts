/** Everything that the core of files says. */
export const words = {
  settings: {
    bad_without_scanner: 'FILES_WITHOUT_SCANNER must be "hold" or "allow".',
    half_s3:
      'To keep files with an S3 service, set S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY. At least one is ' +
      'missing.',
    bad_s3_endpoint: 'S3_ENDPOINT must be an address that begins with https:// or http://.',
    bad_store: 'FILE_STORE must be "disk", or "s3" when the S3 variables are set too.',
    bad_clamd: 'CLAMD_URL must look like tcp://host:3310 or unix:/path/to/clamd.sock.',
    bad_bytes: '{{name}} must be a whole number of bytes from 1 to {{most}}.',
  },
  no_place: 'Files cannot be added there.',
  record_gone: 'What this file belonged to is not there any more.',
  deleted: 'This file is deleted. Bring it back before changing it.',
  not_deleted: 'This file is not deleted.',
  in_field: 'This file stands in “{{field}}”. Change the {{label}} to take it out or to put another one in.',
  was_in_field: 'This file stood in “{{field}}”. Change the {{label}} to put it there again.',
  kept_until:
    'Files of {{plural}} are kept for {{years}} years after they were uploaded. This one can be deleted from ' +
    '{{date}} on.',
  too_many:
    'This {{label}} has {{most}} files, and no more fit. Delete some that are not needed, or put several into one ' +
    'PDF or ZIP file.',
  newest: 'This is the newest version already.',
  version_gone: 'This file has no such version.',
  version_held: 'This version is held back: {{because}}',
  not_for_field: 'Upload the file for “{{label}}” first, then save.',
  field_held: 'This file cannot be used: {{because}}',
  long_name: 'The name is too long.',
}
