import type { FileUse } from '../file.ts'
import { type CommonOptions, type Kind, makeField, wrong } from './field.ts'
import { refKind } from './ref.ts'

/** The resource that files are records of. */
export const fileResource = 'foundation.file'

export interface FileOptions extends CommonOptions, FileUse {}

/**
 * One file of its own in each record, such as the scan of a certificate. The value is the file's id: a file is uploaded
 * for the field first, and belongs to the record once that is saved with it.
 */
export const fileKind: Kind<FileOptions> = {
  ...refKind,
  kind: 'file',
  operators: ['empty'],
  parse: (input, options) => (refKind.parse(input, options).ok ? refKind.parse(input, options) : wrong('not_uploaded')),
  // A sheet cannot carry a file.
  read: () => ({ ok: false, code: 'not_a_file' }),
  schema: () => ({ type: 'string', format: 'uuid', description: 'The id of a file that was uploaded for this field' }),
}

export const file = <const Options extends FileOptions>(options?: Options) =>
  makeField<string, Options>('file', { to: fileResource, ...options })
