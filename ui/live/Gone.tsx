import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { t } from '../say.ts'
import { type KnownResource, useOrg } from '../wire/catalog.ts'
import classes from './live.module.css'
import './words.ts'

/** The record that is still on the screen is not there any more. */
export const Gone = ({ resource }: { resource: KnownResource }) => {
  const org = useOrg()
  return (
    <div className={classes['theirs']} role="alert">
      <div>{t('live.gone')}</div>
      <Anchor renderRoot={(props) => <Link {...links.list(org, resource.path)} {...props} />}>
        {t('live.toList')}
      </Anchor>
    </div>
  )
}
