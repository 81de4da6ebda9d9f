import { ActionIcon, Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { formatBytes } from '../fields/format.ts'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { readUpload } from '../wire/files.ts'
import { chooseFiles } from './choose.ts'
import classes from './files.module.css'
import type { Going } from './queue.ts'
import { printOf, unfinished } from './unfinished.ts'
import { placeOf, throwAway, type UploadTarget } from './upload.ts'

interface UnfinishedProps {
  org: string
  target: UploadTarget
  going: readonly Going[]
  onFiles: (files: readonly File[]) => void
}

/** What a reload of the page cut off: the browser may not read the file again until it is chosen again. */
export function Unfinished({ org, target, going, onFiles }: UnfinishedProps) {
  const place = placeOf(org, target)
  const [known, setKnown] = useState(() => unfinished.of(place))
  useEffect(() => {
    // A phone gives a photo another date each time that it is chosen: it is sent anew, and what had come is of no use.
    const isSentAnew = (name: string, print: string) =>
      going.some(
        ({ file, state, target: { file: older } }) =>
          file.name === name && state !== 'refused' && !older && printOf(place, file) !== print,
      )
    for (const { print, known: one } of known) {
      if (!unfinished.read(print) || !isSentAnew(one.name, print)) continue
      unfinished.forget(print)
      void throwAway(one.url)
    }
  }, [known, going, place])
  const left = known.filter(
    ({ print, known: { name } }) => unfinished.read(print) && !going.some(({ file }) => file.name === name),
  )
  return left.map(({ print, known: { url, name } }) => (
    <Rest
      key={print}
      org={org}
      url={url}
      name={name}
      onFiles={onFiles}
      onGone={() => {
        unfinished.forget(print)
        setKnown((now) => now.filter((one) => one.print !== print))
      }}
    />
  ))
}

interface RestProps extends Pick<UnfinishedProps, 'org' | 'onFiles'> {
  url: string
  name: string
  onGone: () => void
}

function Rest({ org, url, name, onFiles, onGone }: RestProps) {
  const id = /[^/]+$/.exec(url)?.[0] ?? ''
  const { data } = useQuery({
    queryKey: ['org', org, 'upload', id],
    queryFn: ({ signal }) => readUpload(org, id, signal),
  })
  if (!data || data.file) return null
  const throwIt = () => {
    void throwAway(url)
    onGone()
  }
  return (
    <p className={classes['rest']} role="note">
      <span>{t('files.unfinished', { name, received: formatBytes(data.received), size: formatBytes(data.size) })}</span>
      <Button variant="default" size="compact-sm" onClick={() => void chooseFiles({}).then(onFiles)}>
        {t('files.chooseAgain')}
      </Button>
      <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('files.forget', { name })} onClick={throwIt}>
        <Icon name="close" size={16} />
      </ActionIcon>
    </p>
  )
}
