import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { ListPage } from '../pages/ListPage.tsx'
import { RecordPage } from '../pages/RecordPage.tsx'
import { Missing } from '../parts/Fallbacks.tsx'
import { Trail } from '../parts/Trail.tsx'
import { type Sentence, t } from '../say.ts'
import { resourceByPath, useCatalog } from '../wire/catalog.ts'
import type { Row } from '../wire/records.ts'
import { Meaning } from './Meaning.tsx'

/** The addresses that get no more mail, and those that do again. */
export function SuppressedAddressesPage() {
  const catalog = useCatalog()
  const resource = resourceByPath(catalog, 'suppressed-addresses')
  const mails = resourceByPath(catalog, 'mails')
  if (!resource) return <Missing />
  return (
    <ListPage
      resource={resource}
      empty={{ icon: 'check', title: t('mails.noneSuppressedTitle'), text: t('mails.noneSuppressedText') }}
      trail={mails ? <Trail to={links.list(catalog.org.slug, mails.path)} label={mails.plural} /> : null}
    />
  )
}

function Why({ row }: { row: Row }) {
  const catalog = useCatalog()
  const email = `${row['email']}`
  const isLifted = row['state'] === 'lifted'
  const text = t(`mails.why.${isLifted ? 'lifted' : `${row['reason']}`}` as Sentence)
  return (
    <Meaning text={text} email={email} isFault={!isLifted}>
      {resourceByPath(catalog, 'mails') ? (
        <Link {...links.list(catalog.org.slug, 'mails', { 'filter[email]': email })}>{t('mails.history')}</Link>
      ) : null}
    </Meaning>
  )
}

/** One address: why it gets no mail, and what to do. */
export function SuppressedAddressPage() {
  const resource = resourceByPath(useCatalog(), 'suppressed-addresses')
  return resource ? <RecordPage resource={resource} Above={Why} /> : <Missing />
}
