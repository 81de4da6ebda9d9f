import { fileTypeNames, fileTypes } from '@commonhall/kernel'
import { t } from '../say.ts'
import './words.ts'

/** A media type as people call it: JPEG image, PDF, DOCX document. */
export function formatMedia(mediaType: string): string {
  for (const name of fileTypeNames) {
    const endings: Readonly<Record<string, string>> = fileTypes[name].endings
    // The last of those that mean the same is the usual one: jpeg, tiff.
    const ending = Object.keys(endings).findLast((one) => endings[one] === mediaType)
    if (ending) return t(`formats.${name}`, { ending: ending.toUpperCase() })
  }
  return mediaType
}
