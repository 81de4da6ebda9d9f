import type { Registry as Meters } from 'prom-client'
import { addWords, type Fitting } from '@commonhall/kernel'
import type { Settings } from '../settings.ts'
import { Scanner } from './checks/scanner.ts'
import { words as ofChecks } from './checks/words/en.ts'
import { type FileSettings, readFileSettings } from './settings.ts'
import { Sandbox } from './sandbox/sandbox.ts'
import { openStores, type Stores } from './stores/index.ts'
import { type FileStore, fileStoreSlot } from './stores/store.ts'
import { usualPace } from './uploads/pace.ts'
import { words } from './words/en.ts'

addWords('files', words)
addWords('checks', ofChecks)

/** What the engine has for files. Nothing is opened before it is needed. */
export class Files {
  readonly settings: FileSettings
  /** Where the bytes are. */
  readonly stores: Stores
  /** How fast senders must be at least. */
  pace = usualPace
  /** Where what people sent is decoded. */
  readonly sandbox = new Sandbox()
  /** What looks for viruses in it. */
  readonly scanner: Scanner

  constructor(settings: Settings, meters: Meters, fittings: readonly Fitting[]) {
    this.settings = readFileSettings(settings)
    this.stores = openStores(this.settings, meters, fittedStores(settings, fittings))
    this.scanner = new Scanner(this.settings)
  }

  async close(): Promise<void> {
    await this.sandbox.close()
    await this.stores.close()
  }
}

/** What modules bring and the environment asks for. A store connects when it is used, so making one takes no time. */
const fittedStores = ({ environment }: Settings, fittings: readonly Fitting[]): FileStore[] =>
  fittings
    .filter((fitting) => fitting.slot.name === fileStoreSlot.name && fitting.fits(environment))
    .map((fitting) => fitting.make(environment) as FileStore)
