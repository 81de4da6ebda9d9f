import { Switch } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { t } from '../say.ts'
import { toast, toastFailure } from '../parts/toast.tsx'
import { actOnOrg, type ModuleSwitch, type WholeOrg } from '../wire/host.ts'
import classes from './host.module.css'

function useSwitch(slug: string) {
  const set = (one: ModuleSwitch, isOn: boolean) =>
    actOnOrg(slug, isOn ? 'switch-on' : 'switch-off', { module: one.name })
  return useMutation({
    mutationFn: ({ one, isOn }: { one: ModuleSwitch; isOn: boolean }) => set(one, isOn),
    onSuccess: (_org, { one, isOn }) =>
      toast(t(isOn ? 'host.switchedOn' : 'host.switchedOff', { module: one.label }), {
        undo: () => void set(one, !isOn).catch(toastFailure),
      }),
    onError: toastFailure,
  })
}

/** Which modules the org has; one that cannot be switched says why. */
export function Switches({ org }: { org: WholeOrg }) {
  const { mutate, isPending, variables } = useSwitch(org.slug)
  return (
    <section className={classes['section']}>
      <header>
        <h2>{t('host.modules')}</h2>
      </header>
      <p>{t('host.modulesText')}</p>
      <ul className={classes['switches']}>
        {org.switches.map((one) => (
          <li key={one.name}>
            <Switch
              label={one.label}
              description={one.purpose}
              checked={isPending && variables.one.name === one.name ? variables.isOn : one.is_on}
              disabled={one.can !== true}
              aria-describedby={one.can === true ? undefined : `why-${one.name}`}
              onChange={(event) => mutate({ one, isOn: event.currentTarget.checked })}
            />
            {one.can === true ? null : (
              <p id={`why-${one.name}`} className={classes['reason']}>
                {one.can}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
