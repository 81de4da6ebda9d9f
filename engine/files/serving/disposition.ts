/** Characters that lead the eye astray, and those that no name of a file can have. */
// oxlint-disable-next-line no-control-regex
const hidden = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu

/** What Windows takes for a device, whatever comes after it. */
const device = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/** A name under which a file can be saved on any computer, and which looks like what it is. */
export function savedName(name: string): string {
  const plain = name
    .toWellFormed()
    .replaceAll(hidden, '')
    .replaceAll(/[/\\:*?"<>|]/g, '_')
    .replace(/^[.\s]+/, '')
    .replace(/[.\s]+$/, '')
  return plain.replace(device, '_$1') || 'file'
}

/**
 * The header that has a browser save a file rather than show it, under its name (RFC 6266): once in ASCII for what is
 * old, once as it is (RFC 8187).
 */
export function attachment(name: string): string {
  const saved = savedName(name)
  const ascii = saved
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^ -~]/gu, '_')
    // Some programs take a percent sign for the beginning of something.
    .replaceAll('%', '_')
  const whole = encodeURIComponent(saved).replaceAll(
    /['()*!]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${whole}`
}
