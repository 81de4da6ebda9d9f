import { t } from '../say.ts'
import { type NewsKind, paces } from '../wire/notifications.ts'
import { Always } from './Always.tsx'
import classes from './notifications.module.css'
import type { KindActs } from './use-settings.ts'

interface LineProps extends KindActs {
  kind: NewsKind
  isMailOff: boolean
}

/** One kind: a tick for the inbox, and one choice of four for mail, which the arrow keys change. */
function Line({ kind, isMailOff, setInbox, setMail }: LineProps) {
  const { label } = kind
  if (kind.always)
    return (
      <tr>
        <th scope="row">{label}</th>
        <td>
          <Always />
        </td>
        <td colSpan={paces.length} data-always>
          <Always />
        </td>
      </tr>
    )
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>
        <label>
          <input
            type="checkbox"
            aria-label={t('notify.inAppOf', { label })}
            checked={kind.inbox}
            onChange={(event) => setInbox(kind, event.currentTarget.checked)}
          />
        </label>
      </td>
      {paces.map((pace) => (
        <td key={pace} data-mail>
          <label>
            <input
              type="radio"
              name={`mail ${kind.kind}`}
              aria-label={`${t('notify.mailOf', { label })}: ${t(`notify.${pace}`)}`}
              checked={kind.mail === pace}
              disabled={isMailOff}
              onChange={() => setMail(kind, pace)}
            />
          </label>
        </td>
      ))}
    </tr>
  )
}

interface KindGridProps extends KindActs {
  byModule: readonly (readonly [string, readonly NewsKind[]])[]
  isMailOff: boolean
}

/** All kinds at a glance, part by part. */
export const KindGrid = ({ byModule, isMailOff, ...acts }: KindGridProps) => (
  <table className={classes['grid']}>
    <thead>
      <tr>
        <th scope="col" rowSpan={2} data-start>
          {t('notify.kind')}
        </th>
        <th scope="col" rowSpan={2}>
          {t('notify.inApp')}
        </th>
        <th scope="colgroup" colSpan={paces.length} data-mail>
          {t('notify.byMail')}
        </th>
      </tr>
      <tr>
        {paces.map((pace) => (
          <th key={pace} scope="col" data-mail>
            {t(`notify.${pace}`)}
          </th>
        ))}
      </tr>
    </thead>
    {byModule.map(([module, kinds]) => (
      <tbody key={module}>
        <tr>
          <th scope="rowgroup" colSpan={2 + paces.length} data-module>
            {module}
          </th>
        </tr>
        {kinds.map((kind) => (
          <Line key={kind.kind} kind={kind} isMailOff={isMailOff} {...acts} />
        ))}
      </tbody>
    ))}
  </table>
)
