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
