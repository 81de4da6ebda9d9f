import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { Frame } from '../parts/Frame.tsx'
import { t } from '../say.ts'

/** Someone who is signed in and belongs nowhere yet. */
export const NoOrg = () => (
  <Frame title={t('shell.noOrgTitle')}>
    <Text my="md">{t('shell.noOrgText')}</Text>
    <Anchor renderRoot={(props) => <Link {...links.logout()} {...props} />}>{t('shell.signOut')}</Anchor>
  </Frame>
)
