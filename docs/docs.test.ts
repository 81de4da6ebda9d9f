import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'docs/**/*.md',
  'modules/*/README.md',
  'bench/README.md',
  'plugins/README.md',
]
  .flatMap((pattern) => globSync(pattern))
  .map((page) => ({ page, text: readFileSync(page, 'utf8') }))

test.each(pages)('$page leads to what is there', ({ page, text }) => {
  const bare = text.replace(/^```[\s\S]*?^```$/gm, '')
  const links = [...bare.matchAll(/\]\(([^)#\s]+)(?:#[\w-]*)?\)/g), ...bare.matchAll(/src="([^"]+)"/g)]
    .map(([, to = '']) => to)
    .filter((to) => !/^\w+:/.test(to))
    .map((to) => join(dirname(page), to))
  const paths = [...bare.matchAll(/`((?:bin|cli|docs|engine|kernel|modules|plugins|test|ui|web)\/[\w./-]*)`/g)]
    .map(([, path = '']) => path)
    // The guides make a module that is called tools.
    .filter((path) => !/^(modules|plugins)\/tools\//.test(path))
  expect([...links, ...paths].filter((path) => !existsSync(path))).toEqual([])
})

test('the README shows a resource as it is', () => {
  const bare = (text: string) => text.replace(/\s+|,(?=\s*[)}\]])/g, '')
  const shown = /^```ts\n(export const household[\s\S]*?)^```$/m.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '?'
  expect(bare(readFileSync('modules/members/resources/household.ts', 'utf8'))).toContain(bare(shown))
})

test('every decision is in the list of decisions', () => {
  const list = readFileSync('docs/decisions/README.md', 'utf8')
  const pages = globSync('docs/decisions/0*.md').map((path) => path.split('/').at(-1))
  expect(pages.filter((page) => !list.includes(`](${page})`))).toEqual([])
})
