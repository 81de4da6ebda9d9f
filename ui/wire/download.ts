import { call } from './http.ts'

/** Has the browser fetch a file, after asking whether it may: a refusal shall never land as the file. */
export async function download(path: string): Promise<void> {
  await call('HEAD', path)
  const link = document.createElement('a')
  link.href = `/api/v1${path}`
  link.download = ''
  link.click()
}
