import { type Personal, type Resource, targetOf } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'

/**
 * Whatever points to people says what becomes of each of its fields when a person's data is erased: what nobody has
 * thought of would stay behind. Refused at boot.
 */
export function checkPersonal({ resources, objections }: Registry): void {
  for (const resource of resources.values()) {
    for (const [name, declared] of Object.entries(resource.fields)) {
      const to = resources.get(targetOf(declared) ?? '')
      if (to?.about?.['id'] && !resource.about?.[name])
        throw new Error(`${resource.name}.${name} names a person: say under "about" what becomes of it with them.`)
    }
    for (const [by, personal] of Object.entries(resource.about ?? {})) {
      checkNaming(resources, resource, by)
      checkFields(resource, by, personal)
    }
  }
  for (const { module, objection } of objections) {
    if (!resources.get(objection.to)?.about?.['id'])
      throw new Error(`${module.name} objects to erasing "${objection.to}", which are no people's own records.`)
  }
}

/** `id`, a reference to people's own records, or such a reference of people that leads here. */
function checkNaming(resources: Registry['resources'], resource: Resource, by: string): void {
  if (by === 'id') return
  const [module, singular, field = ''] = by.split('.')
  const [from, to] = by.includes('.') ? [resources.get(`${module}.${singular}`), resource.name] : [resource, undefined]
  const target = targetOf(from?.fields[field || by])
  const isRight = to === undefined ? resources.get(target ?? '')?.about?.['id'] : target === to && from?.about?.['id']
  if (!isRight) throw new Error(`${resource.name} is said to be about people by "${by}", which names none.`)
}

function checkFields(resource: Resource, by: string, { erase = [], replace = {}, keep = [], because }: Personal): void {
  const said = [...erase, ...Object.keys(replace), ...keep]
  const fail = (what: string): never => {
    throw new Error(`${resource.name}, about people by "${by}": ${what}`)
  }
  for (const name of said) if (!Object.hasOwn(resource.fields, name)) fail(`there is no field "${name}".`)
  for (const name of Object.keys(resource.fields)) {
    const times = said.filter((one) => one === name).length
    if (name !== by && times !== 1) fail(`the field "${name}" must stand in one of erase, replace and keep.`)
  }
  for (const name of erase) if (resource.fields[name]?.required) fail(`"${name}" is required: replace it.`)
  for (const [name, text = ''] of Object.entries(replace)) {
    if (resource.fields[name]?.unique && !text.includes('{code}')) fail(`"${name}" is unique: say {code} in it.`)
  }
  if (keep.length && !because) fail('say because of what something is kept.')
}
