let known: readonly string[] | undefined

/** Time zones that people can choose, by their IANA names. Found when first asked for: it takes a millisecond or two. */
export const timeZones = (): readonly string[] =>
  (known ??= [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])].toSorted())
