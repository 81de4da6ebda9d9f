import Ajv, { type ValidateFunction } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'

const ajv = new Ajv.default({ strict: false, allErrors: true })
formats.default(ajv)
const compiled = new WeakMap<object, ValidateFunction>()

/** What is wrong with a value by a schema of the description of the API. */
export function check(schema: object, value: unknown): unknown[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema)
  compiled.set(schema, validate)
  return validate(value) ? [] : (validate.errors ?? [])
}
