import { type Context, defineRoute, field, refuse, say } from '@commonhall/kernel'
import { rulesInWords } from './in-words.ts'
import { type Preset, presets } from './presets.ts'

const nameOf = ({ preset }: Preset) => say(`governance:rules.presets.${preset}.name`)

/** Names of the rules that the org has. */
async function namesThere(ctx: Context): Promise<ReadonlySet<string>> {
  const rows = await ctx.db.selectFrom('governance.rule_set').select('name').distinct().execute()
  return new Set(rows.map(({ name }) => name))
}

/** Rules that an organization of this kind can begin with, in words. */
export const readPresets = defineRoute({
  method: 'GET',
  path: '/rule-sets/presets',
  summary: 'List rules to begin with',
  rule: 'governance.rule-set.read',
  reply: {
    type: 'object',
    required: ['presets'],
    properties: {
      presets: {
        type: 'array',
        maxItems: 20,
        items: {
          type: 'object',
          required: ['preset', 'name', 'about', 'sentences', 'there'],
          properties: {
            preset: { type: 'string' },
            name: { type: 'string' },
            about: { type: 'string' },
            sentences: { type: 'array', maxItems: 20, items: { type: 'string' } },
            there: { type: 'boolean', description: 'There are rules of this name already.' },
          },
        },
      },
    },
  },
  async run(ctx) {
    const there = await namesThere(ctx)
    return {
      presets: presets
        .filter((one) => one.for === ctx.org.kind)
        .map((one) => ({
          preset: one.preset,
          name: nameOf(one),
          about: say(`governance:rules.presets.${one.preset}.about`),
          sentences: rulesInWords({ ...one.rules, id: '', name: '', from_on: '' }),
          there: there.has(nameOf(one)),
        })),
    }
  },
})

/** Takes one of them over: an ordinary rule set from then on, in force from today. */
export const usePreset = defineRoute({
  method: 'POST',
  path: '/rule-sets/presets',
  summary: 'Begin with rules that are there',
  rule: 'governance.rule-set.create',
  body: { preset: field.choice(presets.map(({ preset }) => preset) as [string, ...string[]], { required: true }) },
  reply: {
    type: 'object',
    required: ['id', 'name'],
    properties: { id: { type: 'string', format: 'uuid' }, name: { type: 'string' } },
  },
  creates: 'rule-sets',
  async run(ctx, { body }) {
    const found = presets.find((one) => one.preset === body.preset && one.for === ctx.org.kind)
    if (!found) return refuse('invalid', say('governance:rules.presets.other_kind'))
    const name = nameOf(found)
    if ((await namesThere(ctx)).has(name)) refuse('conflict', say('governance:rules.presets.there', { name }))
    return await ctx.db
      .insertInto('governance.rule_set')
      .values({ ...found.rules, name, from_on: ctx.today })
      .returning(['id', 'name'])
      .executeTakeFirstOrThrow()
  },
})
