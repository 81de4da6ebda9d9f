import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** Typst, as far as we need it: a source, and what it finds in `sys.inputs`. It sees no file and no network. */
export interface Typesetter {
  /** What the source leaves under the label `found`. */
  query(source: string, inputs: Record<string, string>): unknown
  /** The source as a PDF; tagged for screen readers where that is asked for. */
  pdf(source: string, inputs: Record<string, string>, tagged: boolean): Uint8Array
}

const require = createRequire(import.meta.url)

/** Source Sans 3 under the SIL Open Font License: figures of one width; Latin, Greek, Cyrillic, Vietnamese. */
const cuts = [
  require.resolve('@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf'),
  require.resolve('@expo-google-fonts/source-sans-3/600SemiBold/SourceSans3_600SemiBold.ttf'),
]

const fonts = () => cuts.map((cut) => readFileSync(cut))

/** Typst says no to what we wrote, never to what is in the table. Its words may quote that, and go nowhere. */
class TypesettingFault extends Error {
  readonly code = 'typesetting_fault'

  constructor() {
    super('Typst could not set it.')
  }
}

interface NativeArguments {
  readonly mainFileContent: string
  readonly inputs: Record<string, string>
}

interface NativeCompiler {
  compile(source: NativeArguments): { readonly result: object | null }
  pdf(compiled: object, options: { pdfTags: boolean }): Uint8Array
  query(source: NativeArguments, asked: { selector: string; field: string }): unknown[]
  evictCache(age: number): void
}

interface Native {
  readonly NodeCompiler: {
    create(options: { workspace: string; fontArgs: { fontBlobs: Buffer[] }[] }): NativeCompiler
  }
}

/** Several times faster; there is one for Linux on x64. */
export function openNative(folder: string): Typesetter {
  const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler-linux-x64-gnu') as Native
  const compiler = NodeCompiler.create({ workspace: folder, fontArgs: [{ fontBlobs: fonts() }] })
  return {
    query: (source, inputs) =>
      compiler.query({ mainFileContent: source, inputs }, { selector: '<found>', field: 'value' })[0],
    pdf(source, inputs, tagged) {
      const { result } = compiler.compile({ mainFileContent: source, inputs })
      if (!result) throw new TypesettingFault()
      const pdf = compiler.pdf(result, { pdfTags: tagged })
      compiler.evictCache(0)
      return pdf
    },
  }
}

const main = '/main.typ'

/** Runs on any machine, as WebAssembly. It tags always. */
export async function openPortable(): Promise<Typesetter> {
  const { initSync, TypstCompilerBuilder } = await import('@myriaddreamin/typst-ts-web-compiler')
  initSync({ module: readFileSync(require.resolve('@myriaddreamin/typst-ts-web-compiler/wasm')) })
  const builder = new TypstCompilerBuilder()
  builder.set_dummy_access_model()
  for (const font of fonts()) await builder.add_raw_font(font)
  const compiler = await builder.build()
  return {
    query(source, inputs) {
      compiler.add_source(main, source)
      const found = JSON.parse(compiler.query(main, Object.entries(inputs), '<found>', 'value')) as unknown[]
      return found[0]
    },
    pdf(source, inputs) {
      compiler.add_source(main, source)
      try {
        return (compiler.compile(main, Object.entries(inputs), 'pdf', 1) as { result: Uint8Array }).result
      } catch {
        throw new TypesettingFault()
      }
    },
  }
}

/** The one that there is for this machine. */
export async function openTypesetter(folder: string): Promise<Typesetter> {
  try {
    return openNative(folder)
  } catch {
    return await openPortable()
  }
}
