import { Alert, Button, Checkbox, Skeleton } from '@mantine/core'
import { field, orgKinds } from '@commonhall/kernel'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { check, startOf, useDraft, type Values } from '../form/draft.ts'
import { ErrorSummary } from '../form/ErrorSummary.tsx'
import form from '../form/form.module.css'
import { FormFields } from '../form/FormFields.tsx'
import { UnsavedGuard } from '../form/UnsavedGuard.tsx'
import { links } from '../links.ts'
import { PageHead } from '../parts/PageHead.tsx'
import { toast } from '../parts/toast.tsx'
import { Trail } from '../parts/Trail.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { t } from '../say.ts'
import { actOnOrg, foundOrg, type Presets, presetsQuery } from '../wire/host.ts'
import { Problem } from '../wire/http.ts'
import { colorField, timeZoneField } from './choices.ts'
import classes from './host.module.css'

const prefix = 'org-'

const fieldsFor = (preset: Presets['data'][number] | undefined, slug: string) => ({
  kind: field.choice(orgKinds, { required: true, label: t('host.kind'), default: preset?.kind ?? 'union-local' }),
  name: field.text({ required: true, max: 120 }),
  slug: field.text({
    required: true,
    max: 60,
    label: t('host.address'),
    help: t('host.slugHelp', { slug: slug || 'local-100' }),
  }),
  accent: colorField(preset?.accent ?? 'teal'),
  time_zone: timeZoneField(preset?.time_zone ?? 'America/New_York'),
  admin_name: field.text({ required: true, label: t('host.inviteName'), max: 200 }),
  admin_email: field.text({ required: true, label: t('host.inviteEmail'), format: 'email', max: 254 }),
})

/** `Harbor Trades Local 100` → `harbor-trades-local-100`: what the address becomes unless somebody writes another. */
const slugFrom = (name: string) =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
    .replace(/-$/, '')

/** What is typed; the kind brings its own color, time zone and modules, and the name suggests an address. */
function useNewOrg(presets: Presets) {
  const [first] = presets.data
  const [modules, setModules] = useState<readonly string[]>(first?.modules ?? [])
  const draft = useDraft(fieldsFor(first, ''), startOf(fieldsFor(first, '')))
  const preset = presets.data.find(({ kind }) => kind === draft.values['kind']) ?? first
  const fields = fieldsFor(preset, `${draft.values['slug']}`)
  const set = (name: string, value: unknown) => {
    const before = draft.values
    draft.set(name, value)
    if (name === 'name' && before['slug'] === slugFrom(`${before['name']}`)) draft.set('slug', slugFrom(`${value}`))
    const next = name === 'kind' ? presets.data.find(({ kind }) => kind === value) : undefined
    if (!next) return
    draft.set('accent', next.accent)
    draft.set('time_zone', next.time_zone)
    setModules(next.modules)
  }
  const toggle = (module: string, isOn: boolean) =>
    setModules((now) => (isOn ? [...now, module] : now.filter((one) => one !== module)))
  return { draft: { ...draft, set }, fields, preset, modules, toggle }
}

/** Founds the org, then invites its admin: should the mail fail, the org is there and can be invited to again. */
async function found(values: Values, modules: readonly string[]) {
  const { admin_name: name, admin_email: email, ...body } = values
  const org = await foundOrg({ ...body, modules })
  await actOnOrg(org.slug, 'invite-admin', { name, email }).then(
    () => toast(t('host.founded', { name: org.name })),
    (failure: unknown) =>
      toast(t('host.foundedUninvited', { name: org.name, reason: failure instanceof Problem ? failure.message : '' })),
  )
  return org
}

function ModuleChecks({ presets, org }: { presets: Presets; org: ReturnType<typeof useNewOrg> }) {
  const labelOf = (name: string) => presets.modules.find((one) => one.name === name)?.label ?? name
  return (
    <div className={classes['checks']} role="group" aria-label={t('host.modules')}>
      {presets.modules.map(({ name, label, purpose, needs }) => (
        <Checkbox
          key={name}
          label={label}
          description={[purpose, needs.length ? t('host.needs', { modules: needs.map(labelOf).join(', ') }) : '']
            .filter(Boolean)
            .join(' ')}
          checked={org.modules.includes(name)}
          onChange={(event) => org.toggle(name, event.currentTarget.checked)}
        />
      ))}
    </div>
  )
}

const Bar = ({ isBusy }: { isBusy: boolean }) => (
  <div className={form['bar']}>
    <Button type="submit" loading={isBusy}>
      {t('host.found')}
    </Button>
    <Button variant="default" renderRoot={(props) => <Link {...links.host()} {...props} />}>
      {t('form.cancel')}
    </Button>
  </div>
)

function OrgForm({ presets }: { presets: Presets }) {
  const navigate = useNavigate()
  const org = useNewOrg(presets)
  const { draft, fields } = org
  const [refused, setRefused] = useState('')
  const [isBusy, setBusy] = useState(false)
  const isDone = useRef(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const { values, errors } = check(fields, draft.values)
    if (errors.length) return draft.fail(errors)
    setBusy(true)
    setRefused('')
    try {
      const { slug } = await found(values, org.modules)
      isDone.current = true
      await navigate(links.hostOrg(slug))
    } catch (failure) {
      if (failure instanceof Problem && failure.errors.length) draft.fail(failure.errors)
      else setRefused(failure instanceof Problem ? failure.message : t('problem.page'))
      setBusy(false)
    }
  }
  const part = (names: readonly string[]) => (
    <FormFields fields={fields} names={names} draft={draft} prefix={prefix} module="host" />
  )
  return (
    <form className={form['form']} noValidate onSubmit={(event) => void submit(event)}>
      {refused ? (
        <Alert color="red" role="alert" mt="md" title={t('form.notSaved')}>
          {refused}
        </Alert>
      ) : null}
      <ErrorSummary errors={draft.errors} prefix={prefix} failures={draft.failures} />
      <fieldset className={form['group']}>
        <legend>{t('host.what')}</legend>
        {part(['kind', 'name', 'slug'])}
      </fieldset>
      <fieldset className={form['group']}>
        <legend>{t('host.firstAdmin')}</legend>
        <p className={classes['quiet']}>{t('host.firstAdminText')}</p>
        {part(['admin_name', 'admin_email'])}
      </fieldset>
      <fieldset className={form['group']}>
        <legend>{t('host.start')}</legend>
        <ModuleChecks presets={presets} org={org} />
        <p className={classes['quiet']}>{t('host.rolesStart', { roles: org.preset?.roles.join(', ') })}</p>
        {part(['accent', 'time_zone'])}
      </fieldset>
      <Bar isBusy={isBusy} />
      <UnsavedGuard isDirty={() => draft.isDirty && !isDone.current} />
    </form>
  )
}

/** A new org: a kind, a name, an address, and who takes it from there. */
export function NewOrgPage() {
  const { data, error, isPending, refetch } = useQuery(presetsQuery)
  return (
    <>
      <PageHead title={t('host.new')} trail={<Trail to={links.host()} label={t('host.orgs')} />} />
      <p className={`${classes['lead']} ${classes['wide']}`}>{t('host.newText')}</p>
      {isPending ? <Skeleton height={320} /> : null}
      {error ? <Trouble failure={error} onRetry={() => void refetch()} /> : null}
      {data ? <OrgForm presets={data} /> : null}
    </>
  )
}
