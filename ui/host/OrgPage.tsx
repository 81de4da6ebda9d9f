import { Alert, Button, Group, Skeleton } from '@mantine/core'
import { field } from '@commonhall/kernel'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { formatAgo, formatChoice, formatDate } from '../fields/format.ts'
import { links } from '../links.ts'
import { Ago } from '../parts/Ago.tsx'
import { PageHead } from '../parts/PageHead.tsx'
import { State } from '../parts/State.tsx'
import { toast, toastFailure } from '../parts/toast.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { ActDialog } from '../record/ActDialog.tsx'
import { t } from '../say.ts'
import type { Act } from '../wire/catalog.ts'
import { actOnOrg, changeOrg, hostedOrgQuery, type WholeOrg } from '../wire/host.ts'
import { Acts } from './Acts.tsx'
import { colorField, timeZoneField } from './choices.ts'
import { FileRoom } from './FileRoom.tsx'
import classes from './host.module.css'
import { Switches } from './Switches.tsx'
import { Usage } from './Usage.tsx'

/** What a host can be asked for before an act. */
const dialogs = {
  edit: (org: WholeOrg): Act => ({
    name: 'edit',
    label: t('host.edit'),
    from: [],
    to: '',
    asks: {
      name: field.text({ required: true, max: 120, default: org.name }),
      accent: colorField(org.accent),
      time_zone: timeZoneField(org.time_zone),
    },
  }),
  suspend: (org: WholeOrg): Act => ({
    name: 'suspend',
    label: t('host.suspend'),
    from: [],
    to: '',
    tone: 'danger',
    asks: {
      reason: field.longText({
        label: t('host.reason'),
        help: t('host.reasonHelp', { name: org.name }),
        required: true,
        min: 3,
        max: 300,
      }),
    },
  }),
  'invite-admin': (): Act => ({
    name: 'invite-admin',
    label: t('host.invite'),
    from: [],
    to: '',
    asks: {
      email: field.text({ label: t('host.inviteEmail'), required: true, format: 'email', max: 254 }),
      name: field.text({ label: t('host.inviteName'), required: true, max: 200 }),
    },
  }),
} as const

function OrgActs({ org }: { org: WholeOrg }) {
  const [open, setOpen] = useState<'edit' | 'suspend'>()
  const act = open ? dialogs[open](org) : undefined
  const carryOut = async (asked: Readonly<Record<string, unknown>>) => {
    if (open === 'edit') return void (await changeOrg(org.slug, asked))
    if (open) await actOnOrg(org.slug, open, asked)
  }
  const resume = () =>
    actOnOrg(org.slug, 'resume').then(() => toast(t('host.resumed', { name: org.name })), toastFailure)
  return (
    <>
      <Button variant="default" onClick={() => setOpen('edit')}>
        {t('host.edit')}
      </Button>
      {org.state === 'active' ? (
        <Button variant="default" onClick={() => setOpen('suspend')}>
          {t('host.suspend')}
        </Button>
      ) : (
        <Button onClick={() => void resume()}>{t('host.resume')}</Button>
      )}
      {act ? <ActDialog act={act} module="host" onClose={() => setOpen(undefined)} onAct={carryOut} /> : null}
    </>
  )
}

/** The one thing to do in an org that has just been made. */
function AdminMissing({ org }: { org: WholeOrg }) {
  const [isOpen, setOpen] = useState(false)
  const invite = async (asked: Readonly<Record<string, unknown>>) => {
    await actOnOrg(org.slug, 'invite-admin', asked)
    toast(t('host.invited', { email: asked['email'] }))
  }
  return (
    <Alert role="note" mb="md">
      <Group justify="space-between" gap="sm">
        {t('host.noAdmin')}
        <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
          {t('host.invite')}
        </Button>
      </Group>
      {isOpen ? (
        <ActDialog act={dialogs['invite-admin']()} module="host" onClose={() => setOpen(false)} onAct={invite} />
      ) : null}
    </Alert>
  )
}

const Facts = ({ org }: { org: WholeOrg }) => (
  <section className={classes['section']}>
    <dl className={classes['facts']}>
      <div>
        <dt>{t('host.address')}</dt>
        <dd>{org.slug}</dd>
      </div>
      <div>
        <dt>{t('host.kind')}</dt>
        <dd>{formatChoice(org.kind)}</dd>
      </div>
      <div>
        <dt>{t('host.timeZone')}</dt>
        <dd>{org.time_zone.replaceAll('_', ' ')}</dd>
      </div>
      <div>
        <dt>{t('host.color')}</dt>
        <dd>
          <span
            className={classes['swatch']}
            style={{ background: `var(--mantine-color-${org.accent}-7)` }}
            aria-hidden
          />
          {formatChoice(org.accent)}
        </dd>
      </div>
      <div>
        <dt>{t('host.since')}</dt>
        <dd>{formatDate(org.created_at.slice(0, 10))}</dd>
      </div>
      <div>
        <dt>{t('host.lastAct')}</dt>
        <dd>{org.last_act_at ? <Ago at={org.last_act_at} /> : t('host.never')}</dd>
      </div>
    </dl>
  </section>
)

/** One org: what it is, what is switched on, how much it has, and what hosts did to it. */
export function OrgPage() {
  const { slug = '' } = useParams({ strict: false }) as { slug?: string }
  const { data: org, error, isPending, refetch } = useQuery(hostedOrgQuery(slug))
  if (isPending) return <Skeleton height={320} mt="xl" />
  if (!org) return <Trouble failure={error} onRetry={() => void refetch()} isPage />
  return (
    <>
      <PageHead
        title={org.name}
        trail={<Trail to={links.host()} label={t('host.orgs')} />}
        note={<State tone={org.state === 'active' ? 'good' : 'warn'}>{t(`host.${org.state}`)}</State>}
      >
        <OrgActs org={org} />
      </PageHead>
      {org.suspended_at ? (
        <Alert color="yellow" role="note" mb="md">
          {t('host.suspendedSince', { ago: formatAgo(org.suspended_at), reason: org.suspended_because })}
        </Alert>
      ) : null}
      {org.has_admin ? null : <AdminMissing org={org} />}
      <div className={classes['columns']}>
        <div>
          <Facts org={org} />
          <Switches org={org} />
          <FileRoom org={org} />
          <Usage org={org} />
        </div>
        <section className={classes['section']}>
          <header>
            <h2>{t('host.acts')}</h2>
          </header>
          <Acts org={org.slug} />
        </section>
      </div>
    </>
  )
}
