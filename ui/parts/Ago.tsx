import { formatAgo, formatExactInstant } from '../fields/format.ts'

/** When something happened: roughly to read, exactly on hover. */
export const Ago = ({ at }: { at: string }) => (
  <time dateTime={at} title={formatExactInstant(at)}>
    {formatAgo(at)}
  </time>
)
