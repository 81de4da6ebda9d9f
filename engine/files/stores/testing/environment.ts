import type { S3Settings } from '../../settings.ts'

/** What sets this service up, as an operator does. */
export const s3Environment = ({ endpoint, bucket, accessKeyId, secretAccessKey }: S3Settings) => ({
  S3_ENDPOINT: endpoint,
  S3_BUCKET: bucket,
  S3_ACCESS_KEY_ID: accessKeyId,
  S3_SECRET_ACCESS_KEY: secretAccessKey,
})
