import { addWords } from '@commonhall/kernel'
import type { Settings } from '../settings.ts'
import { type FileSettings, readFileSettings } from './settings.ts'
import { openStores, type Stores } from './stores/index.ts'
import { words } from './words/en.ts'

addWords('files', words)

/** What the engine has for files. Nothing is opened before it is needed. */
export class Files {
  readonly settings: FileSettings
  /** Where the bytes are. */
  readonly stores: Stores

  constructor(settings: Settings) {
    this.settings = readFileSettings(settings)
    this.stores = openStores(this.settings)
  }

  close(): Promise<void> {
    return this.stores.close()
  }
}
