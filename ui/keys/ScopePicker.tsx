import { Button, Checkbox, Skeleton } from '@mantine/core'
import { t } from '../say.ts'
import type { ExplainedPermission, Thing } from '../wire/roles.ts'
import classes from './new-key.module.css'
import { namesOf, readingOf } from './scopes.ts'
import type { NewKey } from './use-new-key.ts'

interface ThingLineProps {
  thing: Thing<ExplainedPermission>
  chosen: ReadonlySet<string>
  onChange: (chosen: ReadonlySet<string>) => void
}

function ThingLine({ thing, chosen, onChange }: ThingLineProps) {
  const id = `scopes-${thing.name}`
  const toggle = (permission: string, isOn: boolean) => {
    const next = new Set(chosen)
    if (isOn) next.add(permission)
    else next.delete(permission)
    onChange(next)
  }
  return (
    <div className={classes['thing']} role="group" aria-labelledby={id}>
      <span id={id}>{thing.label}</span>
      <div className={classes['boxes']}>
        {thing.permissions.map(({ permission, label }) => (
          <Checkbox
            key={permission}
            size="xs"
            label={label}
            checked={chosen.has(permission)}
            onChange={(event) => toggle(permission, event.currentTarget.checked)}
          />
        ))}
      </div>
    </div>
  )
}

/** Where most keys begin: a click, and then a few boxes more or less. */
function Starts({ form: { parts, set } }: { form: NewKey }) {
  const starts = [
    [t('newKey.readOnly'), readingOf(parts)],
    [t('newKey.everything'), namesOf(parts)],
    [t('newKey.nothing'), []],
  ] as const
  return (
    <div className={classes['starts']} role="group" aria-label={t('newKey.start')}>
      <span data-quiet>{t('newKey.start')}</span>
      {starts.map(([label, names]) => (
        <Button
          key={label}
          variant="default"
          size="compact-sm"
          {...(label === t('newKey.readOnly') ? { title: t('newKey.readOnlyHelp') } : {})}
          onClick={() => set({ scopes: new Set(names) })}
        >
          {label}
        </Button>
      ))}
    </div>
  )
}

/** What the key may do, out of what its owner may: in words, by module and thing. */
export function ScopePicker({ form, owner }: { form: NewKey; owner: string }) {
  const { asked, set, parts, scopes, isLoading, errorOf } = form
  const error = errorOf('scopes')
  if (isLoading) return <Skeleton height={160} aria-busy />
  return (
    <div className={classes['scopes']} id="key-scopes" tabIndex={-1} role="group" aria-label={t('newKey.scopes')}>
      {parts.length ? (
        <>
          <div className={classes['scopesHead']}>
            <Starts form={form} />
            <span role="status" data-quiet>
              {scopes.length ? t('newKey.chosen', { count: scopes.length }) : t('newKey.chosenNone')}
            </span>
          </div>
          {parts.map((part) => (
            <section key={part.name} aria-label={part.label}>
              <h3>{part.label}</h3>
              {part.things.map((thing) => (
                <ThingLine
                  key={thing.name}
                  thing={thing}
                  chosen={asked.scopes}
                  onChange={(chosen) => set({ scopes: chosen })}
                />
              ))}
            </section>
          ))}
          <p data-quiet>{t('newKey.peopleOnly', { name: owner })}</p>
        </>
      ) : (
        <p className={classes['blank']}>
          {asked.who === 'new' && !asked.roles.length
            ? t('newKey.needsRoles')
            : t('newKey.holdsNothing', { name: owner })}
        </p>
      )}
      {error ? (
        <p className={classes['fault']} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  )
}
