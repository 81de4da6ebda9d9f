import type { Caller } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import type { Engine } from '../engine.ts'

/** What a file is to be part of. */
export interface FileTarget {
  /** Full name of the kind of record, `members.member`. */
  readonly resource: string
  /** Null for a field of a record that is not saved yet. */
  readonly record: string | null
  /** Null for an attachment. */
  readonly field: string | null
}

/** What somebody calls a file whose bytes are kept already, as a row of `file_content`. */
export interface KeptBytes {
  readonly name: string
  readonly sha256: string
  /** As name and bytes tell together. */
  readonly mediaType: string
}

export interface NewFile extends FileTarget, KeptBytes {
  readonly caption: string | null
  readonly tags: readonly string[]
}

/**
 * Refuses unless the caller may add a file there: the record is there and can be changed, the rules let them, and there
 * is room for one more. To ask before the first byte; `addFile` asks again.
 * @throws {Refusal} `not_found`, `forbidden`, `conflict` (archived, or too many files)
 */
export async function permitFile(_engine: Engine, _caller: Caller, _target: FileTarget): Promise<void> {}

/** The same for a new version of a file; answers what the file is part of. */
export async function permitVersion(_engine: Engine, _caller: Caller, _id: string): Promise<FileTarget> {
  throw new Error('Not yet.')
}

/** Makes kept bytes a file of a record. Answers its id. The record's trail tells of it. */
export async function addFile(
  _engine: Engine,
  _transaction: Transaction,
  _caller: Caller,
  _file: NewFile,
): Promise<string> {
  throw new Error('Not yet.')
}

/** Makes kept bytes the newest version of a file. Answers the file's id. */
export async function addVersion(
  _engine: Engine,
  _transaction: Transaction,
  _caller: Caller,
  _id: string,
  _bytes: KeptBytes,
): Promise<string> {
  throw new Error('Not yet.')
}
