import { Button, CloseButton, Popover, TextInput } from '@mantine/core'
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks'
import { type Field, labelOf, targetOf } from '@commonhall/kernel'
import { useRef, useState } from 'react'
import { useShortcuts } from '../keyboard.ts'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { type KnownResource, useCatalog } from '../wire/catalog.ts'
import type { FilterEditor } from './FilterEditor.tsx'
import { filterSummary } from './filter-summary.ts'
import classes from './list.module.css'
import { askedOf, isNarrowed, type ListSearch } from './search.ts'

/** The list's search field. Types into the address a moment after the last letter. */
export function SearchField({ list, plural }: { list: ListSearch; plural: string }) {
  const shown = list.search['q'] ?? ''
  const [words, setWords] = useState(shown)
  const [seen, setSeen] = useState(shown)
  // The address may change without typing: by Back, by a saved view, by clearing.
  if (seen !== shown) {
    setSeen(shown)
    setWords(shown)
  }
  const input = useRef<HTMLInputElement>(null)
  const look = useDebouncedCallback((next: string) => list.look(next), 180)
  useShortcuts([{ keys: '/', label: t('keys.search'), group: t('keys.list'), run: () => input.current?.focus() }])
  return (
    <TextInput
      ref={input}
      type="search"
      className={classes['search'] ?? ''}
      aria-label={t('list.search', { plural: plural.toLowerCase() })}
      placeholder={t('list.search', { plural: plural.toLowerCase() })}
      leftSection={<Icon name="search" size={16} />}
      value={words}
      onChange={(event) => {
        setWords(event.currentTarget.value)
        look(event.currentTarget.value)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // Browsers would empty the field, and with it the list that one is about to walk through.
        event.preventDefault()
        event.currentTarget.blur()
      }}
    />
  )
}

/** The editor of a filter: fetched before it is opened for the first time, so that the focus finds it there. */
function useEditor() {
  const [opened, { close, open }] = useDisclosure(false)
  const [Editor, setEditor] = useState<typeof FilterEditor>()
  const toggle = async () => {
    if (opened) return close()
    const loaded = await import('./FilterEditor.tsx')
    setEditor(() => loaded.FilterEditor)
    open()
  }
  return { opened, close, toggle, Editor }
}

/** One filter: a dashed outline until it is set, then a chip that says what it asks. */
export function FilterChip({
  name,
  field,
  label,
  module,
  list,
}: {
  name: string
  field: Field
  label: string
  module: string
  list: ListSearch
}) {
  const { opened, close, toggle, Editor } = useEditor()
  const asked = askedOf(list.search, name)
  const summary = filterSummary(field, asked, module)
  const set = (next: typeof asked) => {
    list.filter(name, next)
    close()
  }
  return (
    <Popover
      opened={opened}
      onChange={(open) => !open && close()}
      position="bottom-start"
      trapFocus
      returnFocus
      withinPortal
    >
      <div className={classes['chip']} data-set={summary ? true : undefined}>
        <Popover.Target>
          <button type="button" onClick={() => void toggle()}>
            {summary ? null : <Icon name="plus" size={13} />}
            {label}
            {summary ? <b>{summary}</b> : null}
          </button>
        </Popover.Target>
        {summary ? (
          <CloseButton size="xs" aria-label={t('list.removeFilter', { label })} onClick={() => list.filter(name, {})} />
        ) : null}
      </div>
      <Popover.Dropdown aria-label={t('list.filterBy', { label })}>
        {Editor ? <Editor name={name} field={field} label={label} module={module} asked={asked} onSet={set} /> : null}
      </Popover.Dropdown>
    </Popover>
  )
}

/** All filters of a resource, each one click away; one by records of which one may see none has nothing to offer. */
export function FilterBar({ resource, list }: { resource: KnownResource; list: ListSearch }) {
  const { resources } = useCatalog()
  const offers = (declared: Field | undefined) => {
    const to = targetOf(declared)
    return declared !== undefined && (to === undefined || resources[to] !== undefined)
  }
  const isSet = (name: string) => Object.keys(askedOf(list.search, name)).length > 0
  const shown = resource.views.filters.filter((name) => offers(resource.fields[name]) || isSet(name))
  const isArchivable = resource.traits.includes('archivable')
  const archived = askedOf(list.search, 'archived').eq === 'true'
  return (
    <div className={classes['filters']} role="group" aria-label={t('list.filters')}>
      {shown.map((name) => (
        <FilterChip
          key={name}
          name={name}
          field={resource.fields[name] as Field}
          label={labelOf(resource.fields, name)}
          module={resource.module}
          list={list}
        />
      ))}
      {isArchivable ? (
        <div className={classes['chip']} data-set={archived ? true : undefined}>
          <button
            type="button"
            aria-pressed={archived}
            onClick={() => list.filter('archived', archived ? {} : { eq: 'true' })}
          >
            <Icon name="archive" size={13} />
            {t('list.archived')}
          </button>
        </div>
      ) : null}
      {isNarrowed(list.search) ? (
        <Button variant="subtle" color="gray" size="compact-sm" aria-label={t('list.clear')} onClick={list.clear}>
          {t('list.clearShort')}
        </Button>
      ) : null}
    </div>
  )
}
