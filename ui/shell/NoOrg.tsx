import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { Frame } from '../parts/Frame.tsx'
import { keep } from '../preferences.ts'
import { t } from '../say.ts'
import { catalogQuery } from '../wire/catalog.ts'
import { Problem } from '../wire/http.ts'

/** Someone who is signed in and belongs nowhere yet, or whose org is closed: then it says since when and why. */
export function NoOrg() {
  const last = keep.read('lastOrg') ?? ''
  const { error } = useQuery({ ...catalogQuery(last), enabled: last !== '' })
  const closed = error instanceof Problem && error.code === 'org_suspended' ? error.message : undefined
  return (
    <Frame title={t(closed ? 'shell.closedTitle' : 'shell.noOrgTitle')}>
      <Text my="md">{closed ?? t('shell.noOrgText')}</Text>
      <Anchor renderRoot={(props) => <Link {...links.logout()} {...props} />}>{t('shell.signOut')}</Anchor>
    </Frame>
  )
}
