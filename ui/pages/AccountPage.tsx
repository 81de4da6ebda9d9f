import { Anchor, Text } from '@mantine/core'
import { useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import classes from '../account/account.module.css'
import { Looks } from '../account/Looks.tsx'
import { Profile } from '../account/Profile.tsx'
import { SecondFactors } from '../account/SecondFactors.tsx'
import { Section } from '../account/Section.tsx'
import { Sessions } from '../account/Sessions.tsx'
import '../account/words.ts'
import { links } from '../links.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { Trail } from '../parts/Trail.tsx'
import { t } from '../say.ts'
import { sessionQuery } from '../wire/session.ts'

/** Who one is here, how one gets in, where one is signed in and where one belongs, and how it should look. */
export function AccountPage() {
  const { orgs } = useSuspenseQuery(sessionQuery).data
  return (
    <main className={classes['page']}>
      <PageHead title={t('shell.yourAccount')} trail={<Trail to={links.orgs()} label={t('account.back')} />} />
      <Profile />
      <Section title={t('password.title')} text={t('password.text')}>
        <Anchor renderRoot={(props) => <Link {...links.forgotPassword()} {...props} />}>{t('password.change')}</Anchor>
      </Section>
      <SecondFactors />
      <Sessions />
      <Section title={t('shell.orgs')}>
        <ul className={classes['orgs']}>
          {orgs.map(({ slug, name, kind }) => (
            <li key={slug}>
              <Anchor renderRoot={(props) => <Link {...links.home(slug)} {...props} />}>{name}</Anchor>
              <Text c="dimmed" size="sm">
                {t(`home.${kind}`)}
              </Text>
            </li>
          ))}
        </ul>
      </Section>
      <Looks />
    </main>
  )
}
