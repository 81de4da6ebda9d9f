import { done, type Local, made, march } from './local.ts'

interface Week {
  readonly id: string
  readonly assignment: string
  readonly day: string
  readonly hours: number
  readonly adjusts: Week | null
  state: 'submitted' | 'approved' | 'paid'
  payment: Payment | null
}

interface Payment {
  readonly id: string
  readonly batch: Batch
  readonly weeks: Week[]
  state: Batch['state']
}

interface Batch {
  readonly id: string
  state: 'prepared' | 'released' | 'exported' | 'paid' | 'void'
  payments: Payment[]
}

/** What happens more often than the rest, so that a history comes to payments before it ends. */
const often: Readonly<Record<string, number>> = { enter: 3, approve: 4, release: 3, export: 3, pay: 3 }

/** What an hour is subsidized with, in the places of the tests. */
const perHour = 15

const sundays = ['2025-03-02', '2025-03-09', '2025-03-16', '2025-03-23', '2025-03-30']

const sumOf = (weeks: readonly Week[]) => weeks.reduce((sum, { hours }) => sum + hours, 0)

/**
 * A history of a program, step by step, with a plain model beside it: weeks, payments and batches as a clerk would keep
 * them on paper, in whole hours. What the house says is compared with it after each step.
 */
export class History {
  readonly #local: Local
  readonly #places: readonly string[]
  readonly #weeks: Week[] = []
  readonly #batches: Batch[] = []

  constructor(local: Local, places: readonly string[]) {
    this.#local = local
    this.#places = places
  }

  /** Takes one step of those that are possible now, by two random numbers. Answers what it was. */
  async step(which: number, whose: number): Promise<string> {
    const steps = Object.entries(this.#possible()).flatMap(([name, choices]) =>
      choices.length
        ? Array.from({ length: often[name] ?? 1 }, () => [name, choices[whose % choices.length]!] as const)
        : [],
    )
    const [name, take] = steps[which % steps.length] ?? ['', () => Promise.resolve()]
    await take()
    return name
  }

  /** What the program would have to say of itself: committed, paid, and owed by the books. */
  expected() {
    const dollars = (weeks: readonly Week[]) => `${sumOf(weeks) * perHour}.00`
    const owed = this.#payments().filter(({ state }) => state === 'released' || state === 'exported')
    return {
      committed: dollars(this.#weeks.filter(({ state }) => state === 'approved')),
      paid: dollars(this.#weeks.filter(({ state }) => state === 'paid')),
      owed: dollars(owed.flatMap(({ weeks }) => weeks)),
    }
  }

  /** Each week with its state and whether a payment has it, and each batch with its state. */
  told() {
    return {
      weeks: Object.fromEntries(
        this.#weeks.map(({ id, state, payment }) => [id, { state, payment: payment?.id ?? null }]),
      ),
      batches: Object.fromEntries(this.#batches.map(({ id, state }) => [id, state])),
    }
  }

  #payments = () => this.#batches.flatMap(({ payments }) => payments)

  #possible(): Record<string, (() => Promise<void>)[]> {
    const weeks = (state: Week['state']) => this.#weeks.filter((week) => week.state === state && !week.payment)
    const batches = (...states: Batch['state'][]) => this.#batches.filter(({ state }) => states.includes(state))
    const open = this.#payments().filter(({ state }) => state !== 'paid' && state !== 'void')
    const originals = this.#weeks.filter(({ state, adjusts }) => state === 'paid' && !adjusts)
    return {
      enter: this.#unused().map((one) => () => this.#enter(one.assignment, one.day, 7 + (this.#weeks.length % 30))),
      approve: weeks('submitted').map((week) => () => this.#approve(week)),
      reopen: weeks('approved').map((week) => () => this.#reopen(week)),
      prepare: [() => this.#prepare()],
      'take back': originals.map((week) => () => this.#adjust(week, -Math.ceil(this.#left(week) / 2))),
      'add to': originals.map((week) => () => this.#adjust(week, 1)),
      release: batches('prepared').map((batch) => () => this.#onBatch(batch, 'release', 'released')),
      export: batches('released').map((batch) => () => this.#onBatch(batch, 'export', 'exported')),
      'pay all': batches('exported').map((batch) => () => this.#onBatch(batch, 'pay', 'paid')),
      'void all': batches('prepared', 'released', 'exported')
        .filter(({ payments }) => payments.every(({ state }) => state !== 'paid'))
        .map((batch) => () => this.#onBatch(batch, 'void', 'void')),
      pay: open
        .filter(({ state }) => state === 'exported')
        .map((payment) => () => this.#onPayment(payment, 'pay', 'paid')),
      void: open.map((payment) => () => this.#onPayment(payment, 'void', 'void')),
    }
  }

  #unused = () =>
    this.#places.flatMap((assignment) =>
      sundays
        .filter((day) => !this.#weeks.some((week) => week.assignment === assignment && week.day === day))
        .map((day) => ({ assignment, day })),
    )

  #left = (week: Week) => sumOf(this.#weeks.filter((one) => one === week || one.adjusts === week))

  async #enter(assignment: string, day: string, hours: number, adjusts: Week | null = null): Promise<void> {
    const more = { regular: String(hours), ...(adjusts ? { adjusts: adjusts.id } : {}) }
    const id = await this.#local.submitted(assignment, day, more)
    this.#weeks.push({ id, assignment, day, hours, adjusts, state: 'submitted', payment: null })
  }

  async #adjust(week: Week, hours: number): Promise<void> {
    if (hours) await this.#enter(week.assignment, week.day, hours, week)
  }

  async #approve(week: Week): Promise<void> {
    await done(this.#local.officer, `/hours/${week.id}/approve`)
    week.state = 'approved'
  }

  async #reopen(week: Week): Promise<void> {
    await done(this.#local.officer2, `/hours/${week.id}/reopen`)
    week.state = 'submitted'
  }

  async #prepare(): Promise<void> {
    const { treasurer, program } = this.#local
    const free = this.#weeks.filter(({ state, payment }) => state === 'approved' && !payment)
    const sums = Map.groupBy(free, ({ assignment }) => assignment)
    const paid = [...sums].filter(([, weeks]) => sumOf(weeks) >= 0)
    if (!paid.length) {
      const { statusCode } = await treasurer.post('/payment-batches', { ...march, program })
      if (statusCode !== 409) throw new Error(`A batch of nothing was answered with ${statusCode}.`)
      return
    }
    const { id = '' } = await made(treasurer, '/payment-batches', { ...march, program })
    const batch: Batch = { id, state: 'prepared', payments: [] }
    const payments = await this.#local.payments(id)
    batch.payments = paid.map(([assignment, weeks]) => {
      const found = payments.find((one) => one['assignment'] === assignment)
      const payment: Payment = { id: found?.['id'] ?? '', batch, weeks, state: 'prepared' }
      for (const week of weeks) week.payment = payment
      return payment
    })
    this.#batches.push(batch)
  }

  async #onBatch(batch: Batch, act: string, state: Batch['state']): Promise<void> {
    await done(this.#local.officer, `/payment-batches/${batch.id}/${act}`, asked[act])
    for (const payment of batch.payments)
      if (payment.state !== 'paid' && payment.state !== 'void') settle(payment, state)
    batch.state = state
  }

  async #onPayment(payment: Payment, act: string, state: Batch['state']): Promise<void> {
    await done(this.#local.treasurer, `/payments/${payment.id}/${act}`, asked[act])
    settle(payment, state)
    const states = new Set(payment.batch.payments.map((one) => one.state))
    if (states.isSubsetOf(new Set(['paid', 'void']))) payment.batch.state = states.has('paid') ? 'paid' : 'void'
  }
}

const asked: Readonly<Record<string, object>> = { pay: { paid_on: '2025-04-01' }, void: { reason: 'Not right' } }

function settle(payment: Payment, state: Batch['state']): void {
  payment.state = state
  for (const week of payment.weeks) {
    if (state === 'paid') week.state = 'paid'
    if (state === 'void') week.payment = null
  }
}
