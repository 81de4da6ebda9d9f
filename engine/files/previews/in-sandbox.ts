import type { Given } from '../sandbox/task.ts'
import type { PreviewsAsked, PreviewsMade } from './kinds.ts'

/** Makes previews; runs in the sandbox, and each decoder is loaded there when it is first needed. */
export async function run({ file, folder, asked }: Given): Promise<PreviewsMade> {
  const { source, want } = asked as PreviewsAsked
  if (source === 'pdf') return await (await import('./sandboxed/pdf.ts')).pagesOf(file, folder, want)
  if (source === 'text') return await (await import('./sandboxed/text.ts')).textOf(file, folder)
  const { cleanCopy, lookAt } = await import('./sandboxed/images.ts')
  return { made: want === 'full' ? [await cleanCopy(file, folder)] : await lookAt(file, folder), pages: null }
}
