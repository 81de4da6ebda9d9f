const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `12 MB`: sizes as people know them from their computer. */
export function bytesInWords(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1000)))
  const figure = bytes / 1000 ** power
  return `${figure.toLocaleString('en-US', { maximumFractionDigits: figure < 10 ? 1 : 0 })} ${units[power]}`
}
