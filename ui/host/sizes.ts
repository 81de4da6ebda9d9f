const digits = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })
const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** A size as people read it: 1.4 MB. */
export function formatBytes(bytes: number): string {
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  return `${digits.format(bytes / 1000 ** step)} ${units[step]}`
}
