import type { Context } from './context.ts'

/** One number about an org that people watch, such as active members. */
export interface Metric {
  readonly name: string
  readonly label: string
  /** The permission that seeing it needs. */
  readonly rule: string
  readonly unit: 'count' | 'money' | 'hours' | 'percent'
  /** Where a person goes who wants to know more: a list and its filter. */
  readonly leadsTo?: string
  /** One statement, quick enough for a page. A decimal string for money, hours and percent. */
  value(ctx: Context): Promise<number | string>
}

/** Declares a metric under `module.name`. */
export const defineMetric = (name: `${string}.${string}`, metric: Omit<Metric, 'name'>): Metric => ({ ...metric, name })
