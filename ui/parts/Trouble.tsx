import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { links } from '../links.ts'
import { type Sentence, t } from '../say.ts'
import { Problem } from '../wire/http.ts'
import { Empty } from './Empty.tsx'
import { Icon } from './Icon.tsx'

const titles: Readonly<Record<number | string, Sentence>> = {
  0: 'problem.offlineTitle',
  403: 'problem.forbiddenTitle',
  404: 'problem.missingTitle',
  second_factor_missing: 'problem.secondStep',
  org_suspended: 'shell.closedTitle',
}
const icons: Readonly<Record<number, string>> = { 403: 'lock', 404: 'search' }

interface TroubleProps {
  failure: unknown
  onRetry?: () => void
  isPage?: boolean
}

/** What went wrong in place of what should be here, with the way on. */
export function Trouble({ failure, onRetry, isPage = false }: TroubleProps) {
  const problem = failure instanceof Problem ? failure : undefined
  const status = problem?.status ?? -1
  const isSecondStep = problem?.code === 'second_factor_missing'
  const title = t(titles[problem?.code ?? ''] ?? titles[status] ?? 'problem.title')
  const text = problem?.message ?? t('problem.page')
  const canHelp = onRetry && status !== 403 && status !== 404
  return (
    <div role="alert">
      <Empty icon={icons[status] ?? 'warning'} title={title} text={text} isPage={isPage}>
        {isSecondStep ? (
          <Button
            renderRoot={(props) => <Link {...links.secondStep(location.pathname + location.search)} {...props} />}
          >
            {t('problem.setUp')}
          </Button>
        ) : null}
        {canHelp ? (
          <Button variant="default" leftSection={<Icon name="retry" />} onClick={onRetry}>
            {t('problem.retry')}
          </Button>
        ) : null}
      </Empty>
      {problem?.requestId && status >= 500 ? <p>{t('problem.reference', { id: problem.requestId })}</p> : null}
    </div>
  )
}
