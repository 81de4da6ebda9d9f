import { field } from '@commonhall/kernel'
import { ActDialog, call, refresh, toast, useOrg } from '@commonhall/ui'
import { t } from '../t.ts'
import type { RollLine } from '../wire.ts'

export interface Recorded {
  readonly recorded: number
  readonly left_out: number
  readonly first: readonly string[]
}

/** Says how many were told, and who could not be. */
export function tellRecorded({ recorded, left_out: left, first }: Recorded) {
  toast(recorded || left ? t('office.notices.recorded', { count: recorded }) : t('office.notices.nobody'))
  if (left) toast(t('office.notices.left', { count: left, first: first.join('; ') }))
}

interface NoticeDialogProps {
  readonly election: string
  /** Everybody who has no notice yet, where nobody is named. */
  readonly voter?: RollLine | undefined
  readonly onClose: () => void
}

/** Records notices that went out on paper, all of them with one proof. */
export function NoticeDialog({ election, voter, onClose }: NoticeDialogProps) {
  const org = useOrg()
  const names = { post: t('office.notices.ways.post'), hand: t('office.notices.ways.hand') }
  const asks = {
    way: field.choice(['post', 'hand'], {
      required: true,
      default: 'post',
      label: t('office.notices.way'),
      names,
      help: voter ? t('office.notices.one', { name: voter.name }) : t('office.notices.all'),
    }),
    sent_on: field.date({ required: true, default: 'today', label: t('office.notices.sentOn') }),
    proof: field.text({
      required: true,
      max: 500,
      label: t('office.notices.proof'),
      help: t('office.notices.proofHelp'),
    }),
  }
  return (
    <ActDialog
      act={{ name: 'notices', label: t('office.notices.post'), from: [], to: '', asks }}
      module="governance"
      onClose={onClose}
      onAct={async (asked) => {
        const body = { ...asked, ...(voter ? { voters: [{ voter: voter.id }] } : {}) }
        tellRecorded(await call<Recorded>('POST', `/orgs/${org}/elections/${election}/notices`, { body }))
        void refresh(org)
      }}
    />
  )
}
