import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { targetOf } from '@commonhall/kernel'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { t } from '../say.ts'
import { useCatalog, useOrg } from '../wire/catalog.ts'
import { call } from '../wire/http.ts'
import { recordQuery, type RowPage, titleOf } from '../wire/records.ts'
import { common, type ControlProps } from './control.ts'

/** Records of a resource whose words match, as options. */
function useOptions(to: string, words: string) {
  const org = useOrg()
  const target = useCatalog().resources[to]
  const canSearch = (target?.views.search.length ?? 0) > 0
  const { data, isFetching } = useQuery({
    queryKey: ['org', org, 'options', to, canSearch ? words : ''],
    queryFn: ({ signal }) =>
      call<RowPage>('GET', `/orgs/${org}/${target?.path}`, {
        query: canSearch ? { q: words, limit: 12 } : { limit: 200 },
        signal,
      }),
    enabled: !!target,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
  const found = (data?.data ?? []).map((row) => ({ value: row.id, label: target ? titleOf(target, row) : row.id }))
  // What the server cannot search is few enough to be looked through here.
  const options = canSearch ? found : found.filter(({ label }) => label.toLowerCase().includes(words.toLowerCase()))
  return { options, isFetching, plural: target?.plural ?? '' }
}

/** What a record is called that only its id is known of, such as one that the address of a new form names. */
function useTitle(to: string, id: string | null, isKnown: boolean): string | undefined {
  const org = useOrg()
  const target = useCatalog().resources[to]
  const { data } = useQuery({
    ...recordQuery(org, target?.path ?? '', id ?? ''),
    enabled: !!target && !!id && !isKnown,
  })
  return target && data ? titleOf(target, data) : undefined
}

/** Another record, found by typing part of its name. */
export function RefControl(props: ControlProps) {
  const value = `${props.value ?? ''}` || null
  const [chosen, setChosen] = useState<{ value: string; label: string } | undefined>(
    value && props.title ? { value, label: props.title } : undefined,
  )
  const [search, setSearch] = useState(chosen?.label ?? '')
  const found = useTitle(targetOf(props.field) ?? '', value, !!chosen)
  if (value && found && !chosen) {
    setChosen({ value, label: found })
    setSearch(found)
  }
  const [words] = useDebouncedValue(search === chosen?.label ? '' : search, 150)
  const { options, isFetching, plural } = useOptions(targetOf(props.field) ?? '', words)
  // The record chosen before stays an option, else the control would show its bare id.
  const known = chosen && !options.some((one) => one.value === chosen.value) ? [...options, chosen] : options
  return (
    <Select
      {...common(props)}
      data={known}
      value={value}
      onChange={(next, option) => {
        setChosen(next && option ? { value: next, label: option.label } : undefined)
        props.onChange(next ?? '')
      }}
      searchable
      clearable={!props.field.required}
      clearButtonProps={{ 'aria-label': t('form.clear', { label: props.label }), tabIndex: 0 }}
      searchValue={search}
      onSearchChange={setSearch}
      filter={({ options: all }) => all.filter((one) => 'value' in one && (one.value !== chosen?.value || !words))}
      nothingFoundMessage={isFetching ? t('form.looking') : t('form.nothingFound')}
      placeholder={t('form.search', { plural: plural.toLowerCase() })}
      maw="26rem"
      comboboxProps={{ shadow: 'md', transitionProps: { duration: 80 }, withinPortal: false }}
      withScrollArea={false}
      styles={{ options: { maxHeight: '15rem', overflowY: 'auto' } }}
      checkIconPosition="right"
    />
  )
}
