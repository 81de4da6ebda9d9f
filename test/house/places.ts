import type { Wall } from './source.ts'

/** Traces of one machine, and what they are. */
const traces: readonly [what: RegExp, why: string][] = [
  [/(^|[\s'"`(=])\/(work|home|Users|root)\/[\w.-]+/, 'a folder of one machine'],
  [/\b(registry|npm)\.[\w.-]+\.(org|com|dev|io)\b|verdaccio|artifactory/i, 'a package registry'],
]

/** The repository speaks of the project alone, and works anywhere. */
export const places: Wall = (house) =>
  house
    .filter(({ path }) => path !== 'test/house/places.ts')
    .flatMap(({ path, text }) =>
      traces.flatMap(([what, why]) => {
        const found = what.exec(text)
        return found ? [`${path} names "${found[0].trim()}": ${why}`] : []
      }),
    )
