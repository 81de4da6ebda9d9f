import { find, isTest, lineOf, type SourceFile, textOf, type Wall } from './source.ts'
import { nameOf } from './schemas.ts'

const limits = { file: 300, function: 60, line: 120 }

const isCode = ({ path }: SourceFile) => /\.(ts|tsx|mjs|sql|css)$/.test(path)

/** A file is one thought, a function one step, a line one breath. */
export const sizes: Wall = (house) =>
  house.filter(isCode).flatMap((file) => {
    const lines = file.text.trimEnd().split('\n')
    const long = lines.flatMap((line, index) =>
      line.length > limits.line ? [`${file.path}:${index + 1} has ${line.length} characters in a line`] : [],
    )
    const tall = lines.length > limits.file ? [`${file.path} has ${lines.length} lines`] : []
    return [...tall, ...longFunctions(file), ...long]
  })

function longFunctions(file: SourceFile): string[] {
  const groups = new Set(
    isTest(file.path) ? find(file.tree, 'CallExpression').filter(isGroup).flatMap(argumentsOf) : [],
  )
  return find(file.tree, 'FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression').flatMap((node) => {
    const first = lineOf(file, node.start)
    const count = lineOf(file, node.end) - first + 1
    return count > limits.function && !groups.has(node)
      ? [`${file.path}:${first} has a function of ${count} lines`]
      : []
  })
}

/** `describe('…', () => …)` groups tests, and is no function of its own. */
const isGroup = (call: { readonly [key: string]: unknown }) =>
  nameOf(call['callee']).startsWith('describe') && textOf(argumentsOf(call)[0]) !== undefined

const argumentsOf = (call: { readonly [key: string]: unknown }) => call['arguments'] as unknown[]
