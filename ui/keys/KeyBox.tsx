import { Anchor, Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CopyButton } from '../account/CopyButton.tsx'
import classes from '../account/secret.module.css'
import { SecretOnce } from '../account/SecretOnce.tsx'
import { links } from '../links.ts'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { Trail } from '../parts/Trail.tsx'
import { t } from '../say.ts'
import { useCatalog } from '../wire/catalog.ts'
import type { Key } from '../wire/keys.ts'

/** A request that this key may make: the first list that it may see, or else what it may do at all. */
function useExample(scopes: readonly string[]): string {
  const { org, resources } = useCatalog()
  const path = scopes.map((one) => /^(.+)\.read$/.exec(one)?.[1] ?? '').flatMap((one) => resources[one]?.path ?? [])[0]
  return `${location.origin}/api/v1/orgs/${org.slug}/${path ? `${path}?limit=1` : 'users/me/permissions'}`
}

/** The header in which keys travel. */
const header = 'Authorization'

/** The key, this one time, and how to try it. */
export function KeyBox({ made }: { made: Key & { readonly key: string } }) {
  const { org } = useCatalog()
  const example = useExample(made.scopes)
  const command = `curl -H "${header}: Bearer ${made.key}" "${example}"`
  return (
    <SecretOnce
      title={t('newKey.madeTitle', { name: made.name })}
      trail={<Trail to={links.keys(org.slug)} label={t('apiKeys.title')} />}
      head={t('newKey.madeHead')}
      text={t('newKey.madeText')}
      secret={made.key}
      done={<Button renderRoot={(props) => <Link {...links.keys(org.slug)} {...props} />}>{t('newKey.done')}</Button>}
    >
      <section className={classes['try']} aria-labelledby="in-terminal">
        <h2 id="in-terminal">{t('newKey.terminal')}</h2>
        <p>{t('newKey.terminalText')}</p>
        <ScrollRegion className={classes['command']} label={t('newKey.terminalText')}>
          <pre>{command}</pre>
        </ScrollRegion>
        <CopyButton text={command} />
      </section>
      <section className={classes['try']} aria-labelledby="in-n8n">
        <h2 id="in-n8n">{t('newKey.n8n')}</h2>
        <p>{t('newKey.n8nText')}</p>
        <dl>
          <div>
            <dt>{t('newKey.n8nName')}</dt>
            <dd>{header}</dd>
          </div>
          <div>
            <dt>{t('newKey.n8nValue')}</dt>
            <dd>{`Bearer ${made.prefix}…`}</dd>
          </div>
        </dl>
        <Anchor href="/api/docs" target="_blank" rel="noreferrer">
          {t('newKey.docs')}
        </Anchor>
      </section>
    </SecretOnce>
  )
}
