import { Alert, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { type Factors, factorsQuery, hasSecondStep } from '../wire/factors.ts'
import { Codes } from './Codes.tsx'
import { Passkeys } from './Passkeys.tsx'
import { Section } from './Section.tsx'
import { Totp } from './Totp.tsx'

/** Who asks for a second step: loudly while there is none, quietly afterwards. */
function Requirement({ factors }: { factors: Factors }) {
  const isMissing = !hasSecondStep(factors)
  if (!factors.required_by.length) return isMissing ? <Text>{t('factors.off')}</Text> : null
  const lines = factors.required_by.map(({ org, role }) => (
    <Text key={`${org} ${role}`} size="sm" {...(isMissing ? {} : { c: 'dimmed' })}>
      {t(isMissing ? 'factors.requiredBy' : 'factors.isRequired', { org, role })}
    </Text>
  ))
  if (!isMissing) return lines
  return (
    <Alert color="yellow" title={t('factors.requiredTitle')} role="status">
      {lines}
      <Text size="sm">{t('factors.requiredText')}</Text>
    </Alert>
  )
}

/** Passkeys, the authenticator app, recovery codes. */
export function SecondFactors() {
  const { data, error, refetch } = useQuery(factorsQuery)
  const [codes, setCodes] = useState<readonly string[]>([])
  return (
    <Section title={t('factors.title')} text={t('factors.text')}>
      {data ? (
        <>
          <Requirement factors={data} />
          <Passkeys factors={data} onCodes={setCodes} />
          <Totp factors={data} onCodes={setCodes} />
          <Codes factors={data} fresh={codes} onCodes={setCodes} />
        </>
      ) : null}
      {error && !data ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton height={220} aria-busy /> : null}
    </Section>
  )
}
