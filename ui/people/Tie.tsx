import { Anchor, Button, Group } from '@mantine/core'
import { field } from '@commonhall/kernel'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { RefControl } from '../fields/ref.tsx'
import { links } from '../links.ts'
import { ActButton } from '../parts/ActButton.tsx'
import { t } from '../say.ts'
import { type Allowed, useCatalog } from '../wire/catalog.ts'
import { recordQuery, titleOf } from '../wire/records.ts'

export interface TieProps {
  /** The resource that the record is of. */
  readonly kind: string
  readonly id: string | null
  readonly title: string
  /** What it means, and what is said where there is none. */
  readonly text: string
  readonly none: string
  readonly allowed: Allowed | undefined
  /** True once it is done. */
  readonly onSet: (id: string | null) => Promise<boolean>
}

/** The record that a person is, or stands for: named as far as one may see it. */
function RecordName({ kind, id }: { kind: string; id: string }) {
  const catalog = useCatalog()
  const resource = catalog.resources[kind]
  const { data } = useQuery({
    ...recordQuery(catalog.org.slug, resource?.path ?? '', id),
    enabled: resource !== undefined,
  })
  if (!resource || !data) return <>{t('person.hiddenRecord')}</>
  return (
    <Anchor renderRoot={(props) => <Link {...links.record(catalog.org.slug, resource.path, id)} {...props} />} inherit>
      {titleOf(resource, data)}
    </Anchor>
  )
}

function Choice({ kind, title, onSet, onEnd }: Pick<TieProps, 'kind' | 'title' | 'onSet'> & { onEnd: () => void }) {
  const [chosen, setChosen] = useState('')
  return (
    <>
      <RefControl
        id={`tie-${kind}`}
        field={field.ref(kind as `${string}.${string}`)}
        label={title}
        value={chosen}
        onChange={(value) => setChosen(`${value}`)}
        module={kind.split('.')[0] ?? ''}
      />
      <Group gap="xs" mt="xs">
        <Button
          size="compact-sm"
          disabled={!chosen}
          onClick={() => void onSet(chosen).then((isDone) => isDone && onEnd())}
        >
          {t('person.link')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onEnd}>
          {t('form.cancel')}
        </Button>
      </Group>
    </>
  )
}

/** Shows the record that a person is tied to, and ties them to another. */
export function Tie({ kind, id, title, text, none, allowed, onSet }: TieProps) {
  const [isChoosing, setChoosing] = useState(false)
  if (isChoosing) return <Choice kind={kind} title={title} onSet={onSet} onEnd={() => setChoosing(false)} />
  return (
    <>
      {id ? <RecordName kind={kind} id={id} /> : none}
      <small>{text}</small>
      <Group gap="xs" mt="xs">
        <ActButton size="compact-sm" variant="default" allowed={allowed} onClick={() => setChoosing(true)}>
          {t(id ? 'person.change' : 'person.link')}
        </ActButton>
        {id ? (
          <ActButton size="compact-sm" variant="subtle" color="gray" allowed={allowed} onClick={() => void onSet(null)}>
            {t('person.unlink')}
          </ActButton>
        ) : null}
      </Group>
    </>
  )
}
