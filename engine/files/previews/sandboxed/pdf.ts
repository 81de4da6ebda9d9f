import { readFile } from 'node:fs/promises'
import { type PDFiumDocument, PDFiumLibrary } from '@hyzyla/pdfium'
import { type Made, mostPages, type PreviewsAsked, type PreviewsMade, sides } from '../kinds.ts'
import { savePage } from './images.ts'

let library: Promise<PDFiumLibrary> | undefined

/** Begins no further page after so many milliseconds: what is made by then is worth keeping. */
const patience = 5_000

/** Pages of a PDF as pictures; at first one, and it small too. */
export async function pagesOf(file: string, folder: string, want: PreviewsAsked['want']): Promise<PreviewsMade> {
  const began = Date.now()
  library ??= PDFiumLibrary.init()
  const document = await (await library).loadDocument(await readFile(file))
  try {
    const pages = document.getPageCount()
    if (typeof want === 'string') return { made: await firstPage(document, folder), pages }
    const made: Made[] = []
    const last = Math.min(want.to, pages, mostPages)
    for (let number = want.from; number <= last && (!made.length || Date.now() - began < patience); number++) {
      made.push(await savePage(await drawn(document, number), folder, `page-${number}`, sides.page))
    }
    return { made, pages }
  } finally {
    document.destroy()
  }
}

async function firstPage(document: PDFiumDocument, folder: string): Promise<Made[]> {
  const pixels = await drawn(document, 1)
  return [
    await savePage(pixels, folder, 'thumbnail', sides.thumbnail),
    await savePage(pixels, folder, 'page-1', sides.page),
  ]
}

/** A page in the size in which it is shown, whatever size it says that it is. */
async function drawn(document: PDFiumDocument, number: number) {
  const page = document.getPage(number - 1)
  const { originalWidth, originalHeight } = page.getOriginalSize()
  const scale = sides.page / Math.max(originalWidth, originalHeight, 1)
  const [width, height] = [originalWidth, originalHeight].map((one) => Math.max(1, Math.floor(one * scale)))
  return await page.render({ width: width ?? 1, height: height ?? 1, renderFormFields: true })
}
