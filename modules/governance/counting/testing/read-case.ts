import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, 'cases')

/** The folders of the cases; what each is, their README tells. */
export const caseNames = readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
  one.isDirectory() ? [one.name] : [],
)

export const caseFile = (name: string, file: string): string => join(folder, name, file)

export const readCase = (name: string) => {
  const json = (file: string) => JSON.parse(readFileSync(caseFile(name, file), 'utf8')) as Record<string, unknown>
  return {
    rules: json('rules.json'),
    expected: json('expected.json'),
    csv: readFileSync(caseFile(name, 'ballots.csv')),
  }
}
