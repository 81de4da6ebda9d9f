import { Anchor, Button, SegmentedControl, Skeleton, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { formatInstant } from '../fields/format.ts'
import { links } from '../links.ts'
import { Empty } from '../parts/Empty.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { narrow } from '../roles/narrow.ts'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { type ExplainedPermission, type Explanation, explanationQuery, type Part } from '../wire/roles.ts'
import classes from './people.module.css'

type Shown = 'onlyAll' | 'onlyYes' | 'onlyNo'

const signs = { yes: 'check', own: 'user', no: 'minus' } as const
const words = { yes: 'person.yes', own: 'person.ownOnly', no: 'person.no' } as const

type Reason = ExplainedPermission['because'][number]

function given({ label: role, as, changed }: Reason): string {
  if (as === 'default') return t('person.asStart', { role })
  if (!changed?.by) return t('person.asChanged', { role })
  return t('person.asChangedBy', { role, name: changed.by, when: formatInstant(changed.at) })
}

const takenFrom = ({ label: role, changed }: Reason) =>
  changed?.by
    ? t('person.takenBy', { role, name: changed.by, when: formatInstant(changed.at) })
    : t('person.takenFrom', { role })

/** Why somebody may do something or not, line by line. */
function reasons({ allowed, because, taken, through, fresh, unless }: ExplainedPermission): string[] {
  const open = allowed !== 'no'
  return [
    ...because.map(given),
    ...(allowed === 'own' ? [t('person.ownWhy')] : []),
    ...(allowed === 'yes' ? [] : taken.map(takenFrom)),
    ...(open ? [] : [through.length ? t('person.wouldNeed', { roles: through.join(', ') }) : t('person.noRoleHas')]),
    ...(open && fresh ? [t('person.fresh')] : []),
    ...(open ? unless : []),
  ]
}

const Line = ({ one }: { one: ExplainedPermission }) => (
  <li data-allowed={one.allowed}>
    <span data-sign={one.allowed}>
      <Icon name={signs[one.allowed]} size={16} />
    </span>
    <span>
      <span className="mantine-visually-hidden">{t(words[one.allowed])}: </span>
      {one.label}
    </span>
    <span className={classes['why']}>
      {reasons(one).map((reason) => (
        <span key={reason}>{reason}</span>
      ))}
    </span>
  </li>
)

interface FoundProps {
  parts: readonly Part<ExplainedPermission>[]
  all: Explanation
  /** Under a heading of the page's own, or under the page's title. */
  isTitled: boolean
}

function Found({ parts, all, isTitled }: FoundProps) {
  const [Part, Thing] = isTitled ? (['h3', 'h4'] as const) : (['h2', 'h3'] as const)
  const whole = new Map(all.modules.flatMap(({ things }) => things.map((thing) => [thing.name, thing] as const)))
  return parts.map((part) => (
    <section key={part.name} aria-label={part.label}>
      <Part className={classes['part']}>{part.label}</Part>
      {part.things.map((thing) => {
        const known = whole.get(thing.name)?.permissions ?? []
        const yes = known.filter(({ allowed }) => allowed !== 'no').length
        return (
          <div key={thing.name}>
            <Thing className={classes['thing']}>
              {thing.label}
              <span>{t('person.summary', { yes, all: known.length })}</span>
            </Thing>
            <ul className={classes['list']}>
              {thing.permissions.map((one) => (
                <Line key={one.permission} one={one} />
              ))}
            </ul>
          </div>
        )
      })}
    </section>
  ))
}

/** What stands in front of all of it. */
function Before({ all }: { all: Explanation }) {
  const note =
    all.person.state === 'disabled'
      ? t('person.disabledAll')
      : all.second_factor_required_by.length
        ? t('person.factorFirst', { roles: all.second_factor_required_by.join(', ') })
        : ''
  if (!note) return null
  return (
    <p className={classes['note']}>
      <Icon name="lock" size={16} /> {note}
    </p>
  )
}

/** Every permission with its reason: searchable, since there are many. `id` is `me` for oneself. */
export function Explain({ id, title }: { id: string; title?: string }) {
  const org = useOrg()
  const { data: all, error, isPending, refetch } = useQuery(explanationQuery(org, id))
  const [asked, setAsked] = useState('')
  const [shown, setShown] = useState<Shown>('onlyAll')
  if (isPending) return <Skeleton height={320} />
  if (!all) return <Trouble failure={error} onRetry={() => void refetch()} />
  const fits = ({ allowed }: ExplainedPermission) => shown === 'onlyAll' || (shown === 'onlyYes') === (allowed !== 'no')
  const parts = narrow(all.modules, asked, fits)
  const search = t(id === 'me' ? 'person.searchYou' : 'person.search')
  return (
    <section className={`${classes['block']} ${classes['explained']}`} aria-label={title ?? t('person.canYou')}>
      {title ? (
        <header>
          <h2>{title}</h2>
          <Anchor renderRoot={(props) => <Link {...links.roles(org)} {...props} />}>{t('roles.title')}</Anchor>
        </header>
      ) : null}
      <Before all={all} />
      <div className={classes['tools']}>
        <TextInput
          type="search"
          aria-label={search}
          placeholder={search}
          leftSection={<Icon name="search" size={16} />}
          value={asked}
          onChange={(event) => setAsked(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label={t('person.only')}
          value={shown}
          onChange={(value) => setShown(value)}
          data={(['onlyAll', 'onlyYes', 'onlyNo'] as const).map((value) => ({ value, label: t(`person.${value}`) }))}
        />
      </div>
      {parts.length ? (
        <Found parts={parts} all={all} isTitled={title !== undefined} />
      ) : (
        <Empty icon="search" isSmall title={t('roles.nothing')} text={t('roles.nothingText')}>
          <Button variant="default" onClick={() => (setAsked(''), setShown('onlyAll'))}>
            {t('roles.showAll')}
          </Button>
        </Empty>
      )}
    </section>
  )
}
