import { Button, Group, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import { sessionQuery } from '../wire/session.ts'
import classes from './account.module.css'
import { CopyButton } from './CopyButton.tsx'

/** Saves text as a file, without the server. */
function save(text: string, name: string) {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

interface CodesBoxProps {
  codes: readonly string[]
  done: string
  onDone: () => void
  /** Under what it stands: a section's part, or a page's title. */
  heading?: 'h2' | 'h3'
}

/** Recovery codes, this one time: to copy, to print, to download. */
export function CodesBox({ codes, done, onDone, heading: Heading = 'h3' }: CodesBoxProps) {
  const { email } = useSuspenseQuery(sessionQuery).data.user
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    head.current?.focus()
    head.current?.scrollIntoView({ block: 'center' })
  }, [])
  const heading = t('codes.heading', { email, host: location.host })
  const text = `${heading}\n\n${codes.join('\n')}\n`
  return (
    <div className={classes['codes']} data-prints>
      <Heading ref={head} tabIndex={-1}>
        {t('codes.boxTitle')}
      </Heading>
      <Text size="sm" className={classes['noPrint'] ?? ''}>
        {t('codes.boxText')}
      </Text>
      <p className={classes['onlyPrint']}>{heading}</p>
      <ol>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <Group gap="xs">
        <CopyButton text={text} />
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="print" size={14} />}
          onClick={() => print()}
        >
          {t('codes.print')}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<Icon name="download" size={14} />}
          onClick={() => save(text, t('codes.file'))}
        >
          {t('codes.download')}
        </Button>
      </Group>
      <Button onClick={onDone} mt="md">
        {done}
      </Button>
    </div>
  )
}
