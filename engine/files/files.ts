import { addWords } from '@commonhall/kernel'
import type { Settings } from '../settings.ts'
import { type FileSettings, readFileSettings } from './settings.ts'
import { Sandbox } from './sandbox/sandbox.ts'
import { openStores, type Stores } from './stores/index.ts'
import { words } from './words/en.ts'

addWords('files', words)

/** What the engine has for files. Nothing is opened before it is needed. */
export class Files {
  readonly settings: FileSettings
  /** Where the bytes are. */
  readonly stores: Stores
  /** Where what people sent is decoded. */
  readonly sandbox = new Sandbox()

  constructor(settings: Settings) {
    this.settings = readFileSettings(settings)
    this.stores = openStores(this.settings)
  }

  async close(): Promise<void> {
    await this.sandbox.close()
    await this.stores.close()
  }
}
