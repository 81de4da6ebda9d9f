import { fileTypes, type Field } from '@commonhall/kernel'
import { useMemo } from 'react'
import { formatMedia } from '../fields/media.ts'
import { ListPage } from '../pages/ListPage.tsx'
import { Missing } from '../parts/Fallbacks.tsx'
import { t } from '../say.ts'
import { type Catalog, type KnownResource, resourceByPath, useCatalog } from '../wire/catalog.ts'
import { Room } from './Room.tsx'
import './words.ts'

const mediaTypes = [...new Set(Object.values(fileTypes).flatMap(({ endings }) => Object.values<string>(endings)))]

/** A field whose few values have names of their own is chosen from those. */
function choiceOf(field: Field | undefined, names: Readonly<Record<string, string>>): Field {
  const choices = { choices: Object.keys(names), names }
  return { ...field, kind: 'choice', ...choices }
}

/** Files as they are looked for here: by format, and by what they are attached to, in words. */
function shownAs(resource: KnownResource, { resources }: Catalog): KnownResource {
  const { field: _field, reason: _reason, detail: _detail, ...fields } = resource.fields
  const carriers = Object.values(resources).filter(
    ({ traits, fields: all }) =>
      traits.includes('attachable') || Object.values(all).some(({ kind }) => kind === 'file'),
  )
  return {
    ...resource,
    // What was deleted is found, and brought back, where it was attached.
    traits: resource.traits.filter((trait) => trait !== 'archivable'),
    fields: {
      ...fields,
      media_type: choiceOf(fields['media_type'], Object.fromEntries(mediaTypes.map((one) => [one, formatMedia(one)]))),
      resource: choiceOf(fields['resource'], Object.fromEntries(carriers.map(({ name, label }) => [name, label]))),
    },
    views: {
      ...resource.views,
      list: ['name', 'resource', 'record', 'tags', 'state', 'uploaded_at'],
      filters: ['tags', 'resource', 'media_type', 'state', 'uploaded_by', 'uploaded_at'],
    },
  }
}

/** Every file that one may see, whatever record it is attached to. */
export function FilesPage() {
  const catalog = useCatalog()
  const known = resourceByPath(catalog, 'files')
  const resource = useMemo(() => known && shownAs(known, catalog), [known, catalog])
  if (!resource) return <Missing />
  const empty = { icon: 'file', title: t('filesPage.emptyTitle'), text: t('filesPage.emptyText') }
  return <ListPage resource={resource} above={<Room />} empty={empty} isForOne />
}
