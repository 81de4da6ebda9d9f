import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { recordQuery } from '../wire/records.ts'
import { formatBytes } from './format.ts'
import './words.ts'

/** A file by its name, which leads to it, with its size, and with its state where it cannot be opened. */
export function FileLink({ id, name }: { id: string; name: string }) {
  const org = useOrg()
  const { data: file } = useQuery(recordQuery(org, 'files', id))
  const state = file?.['state']
  return (
    <span>
      <Anchor renderRoot={(props) => <Link {...links.record(org, 'files', id)} {...props} />} inherit>
        {name}
      </Anchor>
      {file ? (
        <span data-quiet>
          {' '}
          · {formatBytes(Number(file['size']))}
          {state === 'checking' || state === 'held' ? ` · ${t(`fileField.${state}`)}` : ''}
        </span>
      ) : null}
    </span>
  )
}
