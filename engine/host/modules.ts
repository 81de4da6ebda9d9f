import { say } from '@commonhall/kernel'
import type { Registry } from '../registry.ts'
import { wrong } from './fields.ts'
import { hasSwitch } from './presets.ts'

const labelOf = ({ modules }: Registry, name: string) => modules.find((one) => one.name === name)?.label ?? name

/** The modules that must be on before this one goes on, or off before it goes off. */
export function boundTo({ modules }: Registry, name: string, isOn: boolean): string[] {
  if (isOn) return modules.filter(({ needs = [] }) => needs.includes(name)).map((one) => one.name)
  // What everybody has needs no switch.
  const switched = new Set(modules.filter(hasSwitch).map((one) => one.name))
  return (modules.find((one) => one.name === name)?.needs ?? []).filter((need) => switched.has(need))
}

/** Why a module cannot be switched while `other` is as it is. */
export const boundReason = (registry: Registry, name: string, other: string, isOn: boolean): string =>
  say(isOn ? 'host:needed' : 'host:needs', { module: labelOf(registry, name), other: labelOf(registry, other) })

/** Every module with its switch as it stands. */
export function switchesOf(registry: Registry, on: readonly string[]) {
  return registry.modules.filter(hasSwitch).map(({ name, label, purpose }) => {
    const isOn = on.includes(name)
    const other = boundTo(registry, name, isOn).find((one) => on.includes(one) === isOn)
    return { name, label, purpose, is_on: isOn, can: other ? boundReason(registry, name, other, isOn) : true }
  })
}

/** Refuses names that no module has; the house's own is always on and has no switch. */
export function refuseUnknown({ modules }: Registry, path: string, names: readonly unknown[]): void {
  for (const name of names)
    if (!modules.some((one) => one.name === name && hasSwitch(one))) wrong(path, say('host:no_module', { name }))
}
