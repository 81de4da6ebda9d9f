import { inflateSync } from 'node:zlib'
import { PDFiumLibrary } from '@hyzyla/pdfium'

/** The text of each page, in the order in which it is read. */
export async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const library = await PDFiumLibrary.init()
  try {
    const document = await library.loadDocument(pdf)
    return [...document.pages()].map((page) => page.getText().replaceAll('\r\n', '\n'))
  } finally {
    library.destroy()
  }
}

/** The objects that a PDF is made of, as they are written in it, whatever they are packed in. */
export function objectsOf(pdf: Uint8Array): string {
  const text = Buffer.from(pdf).toString('latin1')
  const streams = text.matchAll(/\/Type ?\/ObjStm[^]*?stream\r?\n([^]*?)\r?\nendstream/g)
  return [text, ...[...streams].map(([, packed = '']) => unpacked(packed))].join('\n')
}

const unpacked = (packed: string) => inflateSync(Buffer.from(packed, 'latin1')).toString('latin1')
