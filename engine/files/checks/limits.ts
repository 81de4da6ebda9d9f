/** What a file may ask of whoever opens it. An honest one of an office comes nowhere near. */
export const limits = {
  /** Pixels of an image, all its frames' canvas: 100 megapixels are 400 MB once it is opened. */
  pixels: 100_000_000,
  /** Frames of a moving image, pages of a TIFF. */
  frames: 2_000,
  /** Parts of one format that are gone through: chunks of a PNG, boxes of a HEIC, sectors of a Word document. */
  parts: 100_000,
  /** Entries of one archive, and of all the archives within it. */
  entries: 10_000,
  /** Archives within archives: a document within a folder within a folder that was packed. */
  depth: 3,
  /** Bytes that everything in an archive comes to. */
  unpacked: 1024 ** 3,
  /** Beyond so many bytes, no more than so many times what the archive itself has. */
  unpackedFreely: 64 * 1024 ** 2,
  ratio: 100,
  /** Bytes of one object stream of a PDF, and of all of them. */
  objectStream: 16 * 1024 ** 2,
  objectStreams: 256 * 1024 ** 2,
} as const
