import { useQuery } from '@tanstack/react-query'
import { toast, toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { useOrg } from '../wire/catalog.ts'
import { client } from '../wire/client.ts'
import {
  changeSettings,
  type NewsKind,
  type NotificationSettings,
  type Pace,
  type SettingsChange,
  settingsQuery,
} from '../wire/notifications.ts'

/** The settings with a change in them, before the server has said yes. */
function withChange(settings: NotificationSettings, { kinds = [], digest, ...rest }: SettingsChange) {
  const changes = new Map(kinds.map((one) => [one.kind, one]))
  return {
    ...settings,
    ...rest,
    digest: { ...settings.digest, ...digest },
    kinds: settings.kinds.map((one) => ({ ...one, ...changes.get(one.kind) })),
  }
}

/** What takes a change back. */
function back(settings: NotificationSettings, change: SettingsChange): SettingsChange {
  const before = Object.keys(change).map((name) => [name, settings[name as keyof NotificationSettings]])
  const kinds = change.kinds?.flatMap(({ kind, ...changed }) => {
    const one = settings.kinds.find((known) => known.kind === kind)
    return one ? [{ kind, ...('inbox' in changed ? { inbox: one.inbox } : { mail: one.mail }) }] : []
  })
  return { ...(Object.fromEntries(before) as SettingsChange), ...(kinds ? { kinds } : {}) }
}

/** What reaches the person. Each change shows at once, is saved at once, and can be taken back. */
export function useSettings() {
  const org = useOrg()
  const answer = useQuery(settingsQuery(org))
  const { queryKey } = settingsQuery(org)
  const change = async (asked: SettingsChange, said: string, canUndo = true) => {
    const before = client.getQueryData(queryKey)
    if (!before) return
    await client.cancelQueries({ queryKey })
    client.setQueryData(queryKey, withChange(before, asked))
    try {
      client.setQueryData(queryKey, await changeSettings(org, asked))
      const undo = () => void change(back(before, asked), t('notify.undone'), false)
      toast(said, canUndo ? { undo } : {})
    } catch (failure) {
      client.setQueryData(queryKey, before)
      toastFailure(failure)
    }
  }
  return { ...answer, change: (asked: SettingsChange, said: string) => void change(asked, said) }
}

export type Change = ReturnType<typeof useSettings>['change']

/** What can be changed of one kind. */
export interface KindActs {
  readonly setInbox: (kind: NewsKind, isOn: boolean) => void
  readonly setMail: (kind: NewsKind, pace: Pace) => void
}
