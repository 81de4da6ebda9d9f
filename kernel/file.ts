/** One kind of file that people attach: which endings its names have, and which media types that is. */
export interface FileType {
  /** Ending of the name, lower case and without the dot → media type. */
  readonly endings: Readonly<Record<string, string>>
}

/**
 * The kinds of file that can be attached. What is not here is refused: what a browser would run as a page or a script,
 * and what a computer would run as a program, has no place among an office's papers.
 */
export const fileTypes = {
  image: {
    endings: {
      jpg: 'image/jpeg',
      jpeg: 'image/jpeg',
      png: 'image/png',
      webp: 'image/webp',
      gif: 'image/gif',
      heic: 'image/heic',
      tif: 'image/tiff',
      tiff: 'image/tiff',
    },
  },
  pdf: { endings: { pdf: 'application/pdf' } },
  document: {
    endings: {
      docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      odt: 'application/vnd.oasis.opendocument.text',
      rtf: 'application/rtf',
      doc: 'application/msword',
    },
  },
  sheet: {
    endings: {
      xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      ods: 'application/vnd.oasis.opendocument.spreadsheet',
      csv: 'text/csv',
      xls: 'application/vnd.ms-excel',
    },
  },
  slides: {
    endings: {
      pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      odp: 'application/vnd.oasis.opendocument.presentation',
      ppt: 'application/vnd.ms-powerpoint',
    },
  },
  text: { endings: { txt: 'text/plain', md: 'text/markdown' } },
  archive: { endings: { zip: 'application/zip' } },
} as const satisfies Readonly<Record<string, FileType>>

export type FileTypeName = keyof typeof fileTypes

export const fileTypeNames = Object.keys(fileTypes) as readonly FileTypeName[]

/** What one use of files takes: the attachments of a kind of record, or one field. */
export interface FileUse {
  /** All kinds when left out. */
  readonly types?: readonly FileTypeName[]
  /** Bytes of one file at most; the house's own limit when left out, and never more than that. */
  readonly largest?: number
}

/** What the attachments of a kind of record are held to. */
export interface AttachmentUse extends FileUse {
  /** How many files one record carries at most; `usualMostFiles` when left out. */
  readonly most?: number
  /** For so many years nobody can delete a file, as a law or a contract asks for. */
  readonly keepYears?: number
}

export const usualMostFiles = 200

/** Characters of a file's name at most. */
export const longestFileName = 255

/** The ending of a file's name, lower case and without the dot; empty when it has none. */
export const endingOf = (name: string): string => /\.([a-z0-9]{1,8})$/i.exec(name.trim())?.[1]?.toLowerCase() ?? ''

/** The kind of file that a name says it is; undefined when such a file is not taken. */
export const fileTypeOf = (name: string): FileTypeName | undefined =>
  fileTypeNames.find((type) => Object.hasOwn(fileTypes[type].endings, endingOf(name)))

/** The media type that the ending of a name stands for; undefined when such a file is not taken. */
export function mediaTypeOf(name: string): string | undefined {
  const type = fileTypeOf(name)
  const endings: Readonly<Record<string, string>> = type ? fileTypes[type].endings : {}
  return endings[endingOf(name)]
}
