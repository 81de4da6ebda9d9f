import { describe, expect, test } from 'vitest'
import { allow, defineModule, defineResource, defineRules, field, is, own } from '@commonhall/kernel'
import { Registry } from './registry.ts'

const permission = 'diary.page.read'

describe('at boot, what nobody declared is refused', () => {
  const page = defineResource('diary.page', {
    label: 'Page',
    plural: 'Pages',
    title: '{line}',
    fields: { line: field.text(), writer: field.ref('diary.page') },
    views: { list: ['line'] },
  })
  const rules = defineRules({ [permission]: allow('staff') })
  const diary = {
    name: 'diary',
    label: 'Diary',
    purpose: 'x',
    icon: 'x',
    folder: import.meta.dirname,
    resources: [page],
    rules,
  }
  const boot = (more: object) => () => new Registry([defineModule({ ...diary, ...more })])

  test.each<[string, object, RegExp]>([
    ['a resource without a rule', { rules: {} }, /diary.page has no rule for reading it/],
    [
      'a rule that looks at a field that is not there',
      { rules: { [permission]: own('wirter') } },
      /"diary.page.read" looks at "wirter"/,
    ],
    ['a veto that does', { rules: { [permission]: allow('staff').unless(is('stat', 'x'), 'no') } }, /looks at "stat"/],
    [
      'a reference to nothing',
      { resources: [{ ...page, fields: { writer: field.ref('diary.author') } }] },
      /points to "diary.author", which nobody declares/,
    ],
    ['a module that is needed', { needs: ['ink'] }, /diary needs ink, which must stand before it/],
    [
      'an event that nobody announces',
      { subscribers: [{ event: 'diary.burnt', name: 'diary.x', run: () => Promise.resolve() }] },
      /No module announces "diary.burnt"/,
    ],
    [
      "a report's rule",
      {
        reports: [
          {
            name: 'diary.all',
            title: 'x',
            rule: 'diary.report.read',
            asks: {},
            columns: {},
            sort: [],
          },
        ],
      },
      /No module declares the rule "diary.report.read"/,
    ],
    ['the same thing twice', { resources: [page, page] }, /"diary.page" is declared twice/],
  ])('%s', (_what, more, message) => expect(boot(more)).toThrow(message))

  test('and what is whole is taken', () => expect(boot({})).not.toThrow())
})
