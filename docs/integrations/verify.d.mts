export function isGenuine(
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
  secret: string,
  now?: number,
): boolean
