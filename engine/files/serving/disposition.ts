import { cleanName } from '../file-name.ts'

/**
 * The header that has a browser save a file rather than show it, under its name (RFC 6266): once in ASCII for what is
 * old, once as it is (RFC 8187).
 */
export function attachment(name: string): string {
  const saved = cleanName(name)
  const ascii = saved
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    // Some programs take a percent sign for the beginning of something; some letters come apart into a quote.
    .replaceAll(/[^ -~]|[%"\\/]/gu, '_')
  const whole = encodeURIComponent(saved).replaceAll(
    /['()*!]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${ascii}"; filename*=UTF-8''${whole}`
}
