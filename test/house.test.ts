import { describe, expect, test } from 'vitest'
import { bans } from './house/bans.ts'
import { environment } from './house/environment.ts'
import { circles, floors, modules, sides } from './house/floors.ts'
import { names } from './house/names.ts'
import { places } from './house/places.ts'
import { schemas } from './house/schemas.ts'
import { said, spokenText } from './house/sentences.ts'
import { sizes } from './house/sizes.ts'
import { readHouse, smallHouse, type Wall } from './house/source.ts'

const house = readHouse()

/** One bad house: its files, and what the wall must find in it. */
interface Proof {
  readonly files: Readonly<Record<string, string>>
  readonly finds: RegExp
}

/** A wall stands in the real house, and falls on each bad one: a check that cannot fail is no check. */
function wall(name: string, stands: Wall, proofs: readonly Proof[]): void {
  describe(name, () => {
    test('holds in this house', () => expect(stands(house)).toEqual([]))
    test.each(proofs)('refuses $finds', ({ files, finds }) => {
      expect(stands(smallHouse(files)).join('\n')).toMatch(finds)
    })
  })
}

const manifest = (...needs: string[]) => `export const m = defineModule({ name: 'm', needs: ${JSON.stringify(needs)} })`

test('the house is read', () => {
  expect(house.length).toBeGreaterThan(50)
  expect(house.some(({ path }) => path === 'kernel/index.ts')).toBe(true)
})

wall('each floor stands on those below it', floors, [
  { files: { 'kernel/a.ts': `import { x } from '@commonhall/engine'` }, finds: /kernel may use npm packages only/ },
  { files: { 'kernel/a.ts': `export * from '../ui/links.ts'` }, finds: /kernel may use npm packages only/ },
  { files: { 'ui/a.ts': `import { x } from '@commonhall/modules/housing'` }, finds: /ui may use kernel only/ },
  { files: { 'engine/a.ts': `const x = await import('@commonhall/ui')` }, finds: /engine may use kernel only/ },
  { files: { 'engine/a.ts': `import { field } from '../kernel/index.ts'` }, finds: /say @commonhall\/kernel/ },
  { files: { 'web/main.tsx': `import '@commonhall/engine'` }, finds: /web may use/ },
  { files: { 'server.ts': `import '@commonhall/ui'` }, finds: /doors may use/ },
])

wall('modules meet at their index, when they need each other', modules, [
  { files: { 'modules/a/rules.ts': `import '@commonhall/engine'` }, finds: /meets the engine as ctx/ },
  { files: { 'modules/a/rules.ts': `import '@commonhall/engine/testing'` }, finds: /meets the engine as ctx/ },
  { files: { 'modules/a/a.test.ts': `import '@commonhall/engine'` }, finds: /meets the engine as ctx/ },
  { files: { 'modules/a/rules.ts': `import '@commonhall/ui'` }, finds: /only pages use ui/ },
  { files: { 'modules/a/rules.ts': `import '../b/index.ts'` }, finds: /say @commonhall.modules/ },
  {
    files: { 'modules/a/module.ts': manifest('c'), 'modules/a/rules.ts': `import '@commonhall/modules/b'` },
    finds: /list it under needs in a/,
  },
])

wall('needs run in no circle', circles, [
  { files: { 'modules/a/module.ts': manifest('b'), 'modules/b/module.ts': manifest('a') }, finds: /a → b → a/ },
])

wall('server, browser and declarations keep apart', sides, [
  { files: { 'modules/a/resources/unit.ts': `import '../tally.ts'` }, finds: /resources only/ },
  { files: { 'engine/mail.ts': `import './Welcome.tsx'` }, finds: /never imports a page/ },
  { files: { 'ui/links.ts': `import 'node:fs'` }, finds: /must run in the browser/ },
  { files: { 'kernel/rule.ts': `import 'node:crypto'` }, finds: /must run in the browser/ },
])

wall("a module's SQL stays in its own schema and those it needs", schemas, [
  {
    files: {
      'modules/a/module.ts': manifest(),
      'modules/b/module.ts': manifest(),
      'modules/a/migrations/0001-a.sql': 'create view a.x as select * from b.secret',
    },
    finds: /names the schema b/,
  },
  {
    files: { 'modules/a/module.ts': manifest(), 'modules/a/tally.ts': 'ctx.db.selectFrom("foundation.user")' },
    finds: /names the schema foundation/,
  },
  {
    files: {
      'modules/a/module.ts': manifest(),
      'modules/two-words/module.ts': manifest(),
      'modules/a/tally.ts': 'const q = sql<Row>`select 1 from two_words.thing`',
    },
    finds: /names the schema two_words/,
  },
])

const tall = (lines: number) => 'const a = 1\n'.repeat(lines)

wall('files, functions and lines are small', sizes, [
  { files: { 'engine/a.ts': tall(301) }, finds: /has 301 lines/ },
  { files: { 'engine/a.ts': `export function f() {\n${tall(60)}}` }, finds: /a function of 62 lines/ },
  { files: { 'engine/a.test.ts': `test('x', () => {\n${tall(60)}})` }, finds: /a function of 62 lines/ },
  { files: { 'engine/a.sql': `-- ${'x'.repeat(118)}` }, finds: /121 characters/ },
])

wall('what is banned has a better answer', bans, [
  { files: { 'engine/a.ts': `import axios from 'axios'` }, finds: /use fetch/ },
  { files: { 'engine/a.ts': `import { z } from 'zod'` }, finds: /use fields of the kernel/ },
  { files: { 'modules/a/tally.ts': 'const x = parseFloat(rate)' }, finds: /use decimal strings/ },
  { files: { 'engine/a.ts': 'console.log(1)' }, finds: /use the logger/ },
  { files: { 'engine/a.ts': 'process.exit(1)' }, finds: /use process.exitCode/ },
  { files: { 'ui/a.test.ts': 'await vi.waitFor(() => 1)' }, finds: /longer than a second/ },
  {
    files: { 'ui/A.tsx': 'export const A = () => <p dangerouslySetInnerHTML={{ __html: x }} />' },
    finds: /sets raw HTML/,
  },
  { files: { 'modules/a/migrations/1.sql': 'create table a.b (rate double precision)' }, finds: /use numeric/ },
  { files: { 'modules/a/migrations/1.sql': 'create table a.b (at timestamp not null)' }, finds: /an instant is UTC/ },
  { files: { 'engine/a.ts': "sql`select set_config('app.org', ${org}, false)`" }, finds: /leak through the pool/ },
  {
    files: { 'engine/a.sql': 'create function f() returns int security definer as $$ $$' },
    finds: /fixed search_path/,
  },
])

wall('files are named after what they hold', names, [
  { files: { 'engine/string-utils.ts': '' }, finds: /"utils" says nothing/ },
  { files: { 'engine/helpers/a.ts': '' }, finds: /"helpers" says nothing/ },
  { files: { 'engine/castBallot.ts': '' }, finds: /not in kebab case/ },
  { files: { 'ui/parts/Badge.tsx': 'export const Chip = 1' }, finds: /exports no Badge/ },
  { files: { 'modules/a/resources/rate-card.ts': 'export const card = 1' }, finds: /exports no rateCard/ },
])

wall('every sentence that is said is written', said, [
  { files: { 'ui/a.ts': `say('ui:nowhere')` }, finds: /says ui:nowhere/ },
  {
    files: { 'ui/words/en.ts': `export const words = { a: { b: 'B' } } as const`, 'ui/a.ts': `say('ui:a.c')` },
    finds: /ui:a.c/,
  },
  {
    files: { 'ui/words/en.ts': `export const words = { a: { b: 'B' } }`, 'ui/a.ts': 'say(`ui:x.${y}`)' },
    finds: /ui:x./,
  },
])

wall('what people read is in words files', spokenText, [
  { files: { 'ui/A.tsx': 'export const A = () => <p>Good day</p>' }, finds: /shows "Good day"/ },
  { files: { 'ui/A.tsx': 'export const A = () => <B label="Day" />' }, finds: /shows "Day"/ },
])

wall('nothing tells on which machine it was written', places, [
  { files: { 'docs/a.md': ['See /work', 'main/x.ts'].join('/') }, finds: /a folder of one machine/ },
  { files: { 'docs/a.md': ['https://registry', 'example', 'org/x'].join('.') }, finds: /a package registry/ },
])

wall('every variable of the environment is described', environment, [
  {
    files: { 'engine/a.ts': `const x = process.env['NEW_ONE']` },
    finds: /reads NEW_ONE, which docs.environment.md does not/,
  },
  {
    files: { 'engine/a.ts': 'export const fits = ({ S3_ENDPOINT }: Env) => Boolean(S3_ENDPOINT)' },
    finds: /S3_ENDPOINT/,
  },
  { files: { 'docs/environment.md': '| `OLD_ONE` | | Nothing. |' }, finds: /describes OLD_ONE, which nothing reads/ },
])
