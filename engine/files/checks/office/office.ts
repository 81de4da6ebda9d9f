import { mediaTypes } from '../recognize.ts'
import { hold } from '../verdict.ts'
import { PartText } from './part-text.ts'

/** Reads one part of a document, as it is unpacked. */
export interface PartReader {
  take(bytes: Buffer): void
  end(): void
}

/** What the entries of an archive make it. */
export interface Office {
  /** Null for an archive that is no document. */
  readonly mediaType: string | null
  readerOf(name: string): PartReader | undefined
}

/** The folder that each kind of Microsoft's documents has. */
const folders = { 'word/': mediaTypes.docx, 'xl/': mediaTypes.xlsx, 'ppt/': mediaTypes.pptx } as const

const openDocuments: readonly string[] = [mediaTypes.odt, mediaTypes.ods, mediaTypes.odp]

/** Tells by the names of the entries which kind of document an archive is, and holds one that brings programs. */
export function officeOf(names: readonly string[]): Office {
  if (names.includes('[Content_Types].xml')) return microsoftOffice(names)
  if (names.includes('META-INF/manifest.xml') && names[0] === 'mimetype') return openOffice(names)
  return { mediaType: null, readerOf: () => undefined }
}

/** Source: ECMA-376, part 2. Its parts have no document type declaration: whoever writes one is up to something. */
function microsoftOffice(names: readonly string[]): Office {
  if (names.some((name) => /(?:^|\/)(?:vbaProject|vbaData|editdata)\.|\/macrosheets\/|\/dialogsheets\//i.test(name)))
    hold('macros')
  if (names.some((name) => /\/activeX\/.*\.bin$/i.test(name))) hold('embedded')
  const found = Object.entries(folders).filter(([folder]) => names.some((name) => name.startsWith(folder)))
  const [kind] = found
  return {
    // With two kinds at once it depends on the program what somebody sees.
    mediaType: kind && found.length === 1 ? kind[1] : hold('unclear'),
    readerOf(name) {
      if (name === '[Content_Types].xml') return new PartText([['macros', /macroEnabled|macrosheet/i], ...noEntities])
      if (name.endsWith('.rels')) return new PartText([['external', fetched], ...noEntities])
      return /\.(?:xml|vml)$/i.test(name) ? new PartText(noEntities) : undefined
    },
  }
}

const noEntities = [['external', /<!DOCTYPE|<!ENTITY|<ddeLink[\s>]|\bDDEAUTO\b/i]] as const

/** What a program would fetch from elsewhere and open as part of the document. A link that somebody clicks is not. */
const kinds = 'attachedTemplate|oleObject|frame|subDocument|control'
const target = '\\sTarget\\s*=\\s*["\'](?:(?:https?|ftp|mhtml|javascript):|[^"\']{0,50}&#)'
const fetched = new RegExp(`<Relationship\\s(?=[^>]{0,4000}/(?:${kinds})["'])(?=[^>]{0,4000}${target})`, 'i')

/** Source: OpenDocument 1.3, part 2. */
function openOffice(names: readonly string[]): Office {
  if (names.some((name) => /^(?:Basic|Scripts)\/.+/.test(name))) hold('macros')
  let mediaType: string | null = null
  return {
    get mediaType() {
      return mediaType && openDocuments.includes(mediaType) ? mediaType : hold('unknown')
    },
    readerOf(name) {
      if (name === 'mimetype') {
        let told = ''
        return {
          take: (bytes) => void (told = (told + bytes.toString('latin1')).slice(0, 100)),
          end: () => void (mediaType = told.trim()),
        }
      }
      if (name === 'META-INF/manifest.xml') return new PartText([['encrypted', /encryption-data/i], ...noOwnEntities])
      return name.endsWith('.xml') ? new PartText(noOwnEntities) : undefined
    },
  }
}

/** Old programs name a document type here, which is harmless as long as it is on nobody's server. */
const noOwnEntities = [['external', /<!ENTITY|<!DOCTYPE[^>]{0,500}["'](?:https?|ftp|file):/i]] as const
