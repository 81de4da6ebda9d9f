import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type House, makeLog, openOn, registryOf, withClient } from '@commonhall/engine'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import type { Module } from '@commonhall/kernel'
import { catalog } from '@commonhall/modules/catalog'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { draftModule, enlist } from './draft-module.ts'
import { writeModule } from './new-module.ts'

const wish = { module: 'tool-crib', resource: 'tool' }
let folder: string
let house: TestHouse

beforeAll(async () => {
  // Inside the checkout, where the kernel can be imported by its name.
  mkdirSync('test-results', { recursive: true })
  folder = mkdtempSync(join('test-results', 'module-'))
  house = await openHouse()
})

afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a plain resource and its rules cost at most 40 lines', () => {
  const files = draftModule(wish)
  const lines = [files['resources/tool.ts'], files['rules.ts']].join('').trimEnd().split('\n')
  expect(lines.length).toBeLessThanOrEqual(40)
})

test('the catalog takes the module in as its last', () => {
  const before = readFileSync(join('modules', 'catalog.ts'), 'utf8')
  const after = enlist(before, wish)
  expect(after).toContain(`import { toolCrib } from './tool-crib/module.ts'`)
  expect(after).toMatch(/, toolCrib,?\s*\]/)
})

/** A second house on the same database, with one module more, switched on for the orgs that are there. */
async function openWider(module: Module): Promise<House> {
  const registry = registryOf([...catalog, module])
  const wider = await openOn(house.engine.settings, registry, house.ground, makeLog('silent'))
  const switchOn = 'update foundation.org set modules = array_append(modules, $1)'
  await withClient(house.ground.ownerUrl, async (client) => void (await client.query(switchOn, [module.name])))
  return wider
}

test('a new module migrates, and its records are kept, listed, described and audited', async () => {
  await writeModule(folder, wish)
  const { toolCrib } = (await import(pathToFileURL(join(folder, 'module.ts')).href)) as { toolCrib: Module }
  const { token } = await house.as('admin@local-100.example')
  const wider = await openWider(toolCrib)
  const app = await wider.server()
  const at = (path: string) => ({
    url: `/api/v1/orgs/local-100/${path}`,
    headers: { authorization: `Bearer ${token}` },
  })

  const made = await app.inject({ method: 'POST', ...at('tools'), payload: { name: 'Torque wrench' } })
  expect(made.json()).toMatchObject({ name: 'Torque wrench', state: 'open', version: 1 })
  const list = await app.inject(at('tools?q=torque&filter[state]=open'))
  expect(list.json<{ data: unknown[] }>().data).toHaveLength(1)
  const audit = await app.inject(at(`audit?filter[resource]=tool-crib.tool`))
  expect(audit.json<{ data: unknown[] }>().data).toHaveLength(1)
  const described = await app.inject('/api/v1/openapi.json')
  expect(Object.keys(described.json<{ paths: object }>().paths)).toContain('/api/v1/orgs/{slug}/tools')
  await app.close()
  await wider.engine.close()
})
