import { Text } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { Confirm } from '../account/Confirm.tsx'
import '../account/words.ts'
import { toast, toastFailure } from '../parts/toast.tsx'
import { t } from '../say.ts'
import { settle, type Settled, type Settling } from '../wire/host-jobs.ts'

interface Asked {
  readonly which: Settled
  readonly count: number
}

const heldUp = (which: Settled) => ('queue' in which ? 0 : which.reduce((sum, job) => sum + job.holds_up, 0))

/** Tries again at once, and asks before it throws away. `dialog` is to be shown. */
export function useSettling(onDone: () => void): {
  act: (act: Settling, which: Settled, count: number) => void
  dialog: ReactNode
} {
  const [asked, setAsked] = useState<Asked>()
  const carryOut = async (act: Settling, which: Settled) => {
    const count = await settle(act, which)
    onDone()
    toast(count ? t(act === 'retry' ? 'hostJobs.retried' : 'hostJobs.discarded', { count }) : t('hostJobs.gone'))
    // The buttons are gone with the jobs; the page's title is where reading goes on.
    document.querySelector<HTMLElement>('[data-page-title]')?.focus()
  }
  const held = asked ? heldUp(asked.which) : 0
  return {
    act(act, which, count) {
      if (act === 'discard') setAsked({ which, count })
      else void carryOut(act, which).catch(toastFailure)
    },
    dialog: asked ? (
      <Confirm
        title={t('hostJobs.discardTitle', { count: asked.count })}
        text={t('hostJobs.discardText')}
        act={t('hostJobs.discard')}
        isDanger
        onAct={() => carryOut('discard', asked.which)}
        onClose={() => setAsked(undefined)}
      >
        {held ? <Text size="sm">{t('hostJobs.discardHeld', { count: held })}</Text> : null}
      </Confirm>
    ) : null,
  }
}
