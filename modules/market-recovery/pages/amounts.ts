import { decimal } from '@commonhall/kernel'

export { spokenHours as hours, spokenMoney as money, spokenRate as rate } from '@commonhall/kernel'

const unrounded = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  minimumFractionDigits: 2,
  maximumFractionDigits: 10,
})

const upToFour = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 })

/** An amount with all the digits that it has, before it is rounded. */
export const exactly = (amount: string) => unrounded.format(amount as `${number}`)

/** Hours times a factor, which may have more digits than hours have. */
export const fine = (count: string) => upToFour.format(count as `${number}`)

/** What a program has spent and promised of its budget. */
export function spent({ budget, paid, committed }: { budget: string; paid: string; committed: string }) {
  const [all, out, due] = [decimal(budget), decimal(paid), decimal(committed)]
  const share = (part: typeof all) => (all.gt('0') ? part.times('100').div(all) : decimal('0'))
  return {
    remaining: all.minus(out).minus(due).toFixed(2),
    /** In percent, for bars: rounded down, so that 100 means that nothing is left. */
    paidShare: share(out).round(1, 0).toFixed(),
    committedShare: share(due).round(1, 0).toFixed(),
    used: share(out.plus(due)).round(0, 0).toFixed(),
  }
}
