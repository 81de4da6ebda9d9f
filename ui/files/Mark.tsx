import { endingOf } from '@commonhall/kernel'
import { useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { useOrg } from '../wire/catalog.ts'
import { type FileRow, picture } from '../wire/files.ts'
import lines from './lines.module.css'

/** What kind of file a name says it is, as a small sheet of paper. */
export const TypeMark = ({ name }: { name: string }) => (
  <span className={lines['mark']} aria-hidden>
    {endingOf(name).slice(0, 4) || <Icon name="file" size={20} />}
  </span>
)

/** A file in small: its picture, or what kind it is. */
export function Mark({ row }: { row: FileRow }) {
  const org = useOrg()
  const source = picture(org, row, 'thumbnail')
  const [broken, setBroken] = useState('')
  if (row.state !== 'ready' || !row.previews?.thumbnail || broken === source) return <TypeMark name={row.name} />
  return (
    <span className={lines['mark']} aria-hidden>
      <img src={source} alt="" loading="lazy" decoding="async" onError={() => setBroken(source)} />
    </span>
  )
}
