/** A place where one part can be exchanged for another without anyone knowing which: a mail transport, a file store. */
export interface Slot<Part> {
  readonly name: string
  /** Carries the part's type for the compiler; never present at run time. */
  readonly __part?: Part
}

/** A part that fits a slot, and when it does. */
export interface Fitting<Part = unknown> {
  readonly slot: Slot<Part>
  readonly name: string
  /** The first fitting, in the order of the catalog, whose environment is there is used. */
  fits(environment: Readonly<Record<string, string | undefined>>): boolean
  make(environment: Readonly<Record<string, string | undefined>>): Part | Promise<Part>
}

export const defineSlot = <Part>(name: `${string}.${string}`): Slot<Part> => ({ name })

/** Offers a part for a slot. */
export const fit = <Part>(slot: Slot<Part>, fitting: Omit<Fitting<Part>, 'slot'>): Fitting<Part> => ({
  ...fitting,
  slot,
})
