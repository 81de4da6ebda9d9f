import { Button } from '@mantine/core'
import { t } from '../say.ts'
import type { Matrix } from '../wire/roles.ts'
import { linesOf } from './pending.ts'
import classes from './roles.module.css'
import type { MatrixState } from './use-matrix.ts'

const Line = ({ told, list }: { told: string; list: readonly string[] }) =>
  list.length ? (
    <li>
      <b>{told}</b> {list.join('; ')}
    </li>
  ) : null

/** What is about to be saved, in words, so that nobody saves what they did not mean. */
export function PendingBar({ matrix, state }: { matrix: Matrix; state: MatrixState }) {
  if (!state.count) return null
  return (
    <section className={classes['pending']} aria-label={t('roles.changes', { count: state.count })}>
      <div role="status">
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
      </div>
      <Button variant="default" onClick={state.discard} disabled={state.isSaving}>
        {t('roles.discard')}
      </Button>
      <Button onClick={() => void state.save()} loading={state.isSaving}>
        {t('roles.save')}
      </Button>
    </section>
  )
}
