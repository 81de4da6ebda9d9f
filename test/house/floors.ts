import { beside, type House, isTest, moduleOf, needsOf, type SourceFile, type Wall } from './source.ts'

/** `web, server, cli → modules → ui, kernel` · `server → engine → kernel` · `ui → kernel` · `kernel → npm only` */
const mayEnter: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  ui: ['kernel'],
  engine: ['kernel'],
  modules: ['kernel', 'ui'],
  plugins: ['kernel', 'ui', 'modules'],
  web: ['kernel', 'ui', 'modules'],
  doors: ['kernel', 'engine', 'modules', 'web'],
}

/** Floors that are packages: others enter by the package's name, and Node refuses whatever it does not export. */
const packages = ['kernel', 'engine', 'ui', 'modules']

const floorOf = (path: string) => (/^((bin|cli)\/|[\w.]+$)/.test(path) ? 'doors' : path.split('/')[0]) ?? ''

interface Step {
  readonly from: SourceFile
  readonly request: string
  /** The file, for an import that starts with a dot. */
  readonly to?: string
  readonly floor: string
  /** What follows the floor in a package import: `housing` in `@commonhall/modules/housing`. */
  readonly rest?: string
}

function steps(house: House): Step[] {
  return house.flatMap((from) =>
    from.imports.flatMap((request): Step[] => {
      if (request.startsWith('.')) {
        const to = beside(from.path, request)
        return [{ from, request, to, floor: floorOf(to) }]
      }
      const [, floor = '', rest = ''] = /^@commonhall\/([^/]+)(?:\/(.+))?$/.exec(request) ?? []
      return floor ? [{ from, request, floor, rest }] : []
    }),
  )
}

/** What the tests of a module share, where that is more than one file needs. */
const ofTests = (path: string) => isTest(path) || /^modules\/[^/]+\/testing\//.test(path)

const complain = ({ from, request }: Step, why: string) => `${from.path} imports ${request}: ${why}`

/** Who may stand on whom. */
export const floors: Wall = (house) =>
  steps(house).flatMap((step) => {
    const own = floorOf(step.from.path)
    const allowed = mayEnter[own]
    if (own === step.floor || !allowed || ofTests(step.from.path) || step.to?.endsWith('.json')) return []
    // The house that tests run in is built of the real modules.
    if (step.from.path.startsWith('engine/testing/') && step.rest === 'catalog') return []
    if (!allowed.includes(step.floor))
      return [complain(step, `${own} may use ${allowed.join(', ') || 'npm packages'} only`)]
    if (!step.to || !packages.includes(step.floor)) return []
    return [complain(step, `say @commonhall/${step.floor}`)]
  })

/** A module meets another at its index, and only if its manifest says that it needs it. */
export const modules: Wall = (house) => {
  const needs = needsOf(house)
  return steps(house).flatMap((step) => {
    const own = moduleOf(step.from.path)
    if (!own) return []
    const test = ofTests(step.from.path)
    if (step.floor === 'engine') {
      return test && step.rest === 'testing' ? [] : [complain(step, 'a module meets the engine as ctx')]
    }
    if (step.floor === 'ui') return step.from.path.endsWith('.tsx') ? [] : [complain(step, 'only pages use ui')]
    const other = step.to ? moduleOf(step.to) : step.floor === 'modules' ? step.rest : own
    if (other === own || (test && other === 'catalog')) return []
    if (step.to) return [complain(step, 'say @commonhall/modules/<name>')]
    return needs.get(own)?.includes(other ?? '') ? [] : [complain(step, `list it under needs in ${own}/module.ts`)]
  })
}

/** A circle of needs would make two modules one. */
export const circles: Wall = (house) => {
  const needs = needsOf(house)
  const walk = (name: string, trail: readonly string[]): string[] => {
    if (trail.includes(name))
      return [`modules/${name}/module.ts: needs run in a circle: ${[...trail, name].join(' → ')}`]
    return (needs.get(name) ?? []).flatMap((next) => walk(next, [...trail, name]))
  }
  return [...needs.keys()].flatMap((name) => walk(name, []))
}

/** Resources are data for both machines; a server file with JSX does not run; the browser has no Node. */
export const sides: Wall = (house) => {
  const wrong = (step: Step) => {
    const { path } = step.from
    if (isTest(path)) return undefined
    const inResources = /^(modules|plugins)\/[^/]+\/resources\//.test(path)
    if (inResources && step.to && !step.to.includes('/resources/'))
      return 'a resource uses the kernel and resources only'
    const onServer = /^(kernel|engine|modules|plugins)\//.test(path) && !path.includes('/pages/')
    if (onServer && path.endsWith('.ts') && step.to?.endsWith('.tsx')) return 'a server file never imports a page'
    return undefined
  }
  const crossings = steps(house).flatMap((step) => (wrong(step) ? [complain(step, wrong(step)!)] : []))
  const inBrowser = house.filter(({ path }) => /^(kernel|ui)\/|^modules\/.*\.tsx$/.test(path) && !isTest(path))
  const native = inBrowser.flatMap(({ path, imports }) =>
    imports
      .filter((request) => request.startsWith('node:'))
      .map((request) => `${path} imports ${request}: it must run in the browser`),
  )
  return [...crossings, ...native]
}
