const border = 'a-border-that-is-in-no-file'

/** What a browser sends when somebody submits a form with a file in it. */
export function formOf(
  file: { readonly name: string; readonly bytes: Uint8Array | string },
  fields: Readonly<Record<string, string>> = {},
): { readonly payload: Buffer; readonly headers: { readonly 'content-type': string } } {
  const begin = (name: string) => `--${border}\r\nContent-Disposition: form-data; name="${name}"`
  const told = Object.entries(fields).map(([name, value]) => `${begin(name)}\r\n\r\n${value}\r\n`)
  const head = `${told.join('')}${begin('file')}; filename="${file.name.replaceAll('"', '%22')}"\r\n\r\n`
  const payload = Buffer.concat([Buffer.from(head), Buffer.from(file.bytes), Buffer.from(`\r\n--${border}--\r\n`)])
  return { payload, headers: { 'content-type': `multipart/form-data; boundary=${border}` } }
}
