import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { ListPage } from '../pages/ListPage.tsx'
import { RecordPage } from '../pages/RecordPage.tsx'
import { Missing } from '../parts/Fallbacks.tsx'
import { type Sentence, t } from '../say.ts'
import { resourceByPath, useCatalog } from '../wire/catalog.ts'
import type { Row } from '../wire/records.ts'
import { Meaning } from './Meaning.tsx'

/** Every mail in the org's name, and the way to the addresses that get none. */
export function MailsPage() {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const resource = resourceByPath(catalog, 'mails')
  if (!resource) return <Missing />
  return (
    <ListPage
      resource={resource}
      empty={{ icon: 'mail', title: t('mails.noneTitle'), text: t('mails.noneText', { org: catalog.org.name }) }}
      acts={
        resourceByPath(catalog, 'suppressed-addresses') ? (
          <Button
            variant="default"
            renderRoot={(props) => <Link {...links.list(org, 'suppressed-addresses')} {...props} />}
          >
            {t('mails.suppressed')}
          </Button>
        ) : null
      }
    />
  )
}

/** Outcomes after which the address is on the list of those that get no mail. */
const isSuppressed = (state: string) => ['bounced', 'complained', 'suppressed'].includes(state)

function Outcome({ row }: { row: Row }) {
  const catalog = useCatalog()
  const org = catalog.org.slug
  const [email, state] = [`${row['email']}`, `${row['state']}`]
  return (
    <Meaning
      text={t(`mails.meaning.${state}` as Sentence)}
      email={email}
      isFault={state !== 'sent' && state !== 'queued'}
    >
      {isSuppressed(state) && resourceByPath(catalog, 'suppressed-addresses') ? (
        <Link {...links.list(org, 'suppressed-addresses', { 'filter[email]': email })}>{t('mails.open')}</Link>
      ) : null}
    </Meaning>
  )
}

/** One mail, and what became of it in words. */
export function MailPage() {
  const resource = resourceByPath(useCatalog(), 'mails')
  return resource ? <RecordPage resource={resource} Above={Outcome} /> : <Missing />
}
