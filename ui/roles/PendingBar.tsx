import { Button } from '@mantine/core'
import { Icon } from '../parts/Icon.tsx'
import { t } from '../say.ts'
import type { Matrix } from '../wire/roles.ts'
import { linesOf } from './pending.ts'
import classes from './pending-bar.module.css'
import type { MatrixState } from './use-matrix.ts'

const Line = ({ told, list }: { told: string; list: readonly string[] }) =>
  list.length ? (
    <li>
      <b>{told}</b> {list.join('; ')}
    </li>
  ) : null

/** Says that it was saved where Save stood: a message in the corner would cover the next change's button. */
const Saved = () => (
  <p>
    <Icon name="check" size={16} /> {t('roles.saved')}
  </p>
)

/** What is about to be saved, in words, so that nobody saves what they did not mean; then that it is. */
export function PendingBar({ matrix, state }: { matrix: Matrix; state: MatrixState }) {
  return (
    <section
      className={classes['bar']}
      {...(state.count ? { 'aria-label': t('roles.changes', { count: state.count }) } : {})}
    >
      <div role="status">
        {state.isSaved ? <Saved /> : null}
        {state.count ? (
          <>
            <strong>{t('roles.changes', { count: state.count })}</strong>
            <ul>
              {linesOf(state.pending, matrix).flatMap(({ role, may, mayNot, factor }) => [
                <Line key={`${role.id} may`} told={t('roles.may', { role: role.label })} list={may} />,
                <Line key={`${role.id} not`} told={t('roles.mayNot', { role: role.label })} list={mayNot} />,
                factor === undefined ? null : (
                  <li key={`${role.id} factor`}>
                    <b>{t(factor ? 'roles.factorOn' : 'roles.factorOff', { role: role.label })}</b>
                  </li>
                ),
              ])}
            </ul>
          </>
        ) : null}
      </div>
      {state.count ? (
        <>
          <Button variant="default" onClick={state.discard} disabled={state.isSaving}>
            {t('roles.discard')}
          </Button>
          <Button onClick={() => void state.save()} loading={state.isSaving}>
            {t('roles.save')}
          </Button>
        </>
      ) : null}
    </section>
  )
}
