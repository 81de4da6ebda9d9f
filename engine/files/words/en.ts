/** Everything that the core of files says. */
export const words = {
  'settings.bad_without_scanner': 'FILES_WITHOUT_SCANNER must be "hold" or "allow".',
  'settings.half_s3':
    'To keep files with an S3 service, set S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY. At least one is missing.',
  'settings.bad_s3_endpoint': 'S3_ENDPOINT must be an address that begins with https:// or http://.',
  'settings.bad_clamd': 'CLAMD_URL must look like tcp://host:3310 or unix:/path/to/clamd.sock.',
  'settings.bad_bytes': '{name} must be a whole number of bytes from 1 to {most}.',
}
