let known: readonly string[] | undefined

/** Time zones that people can choose, by their IANA names. Found when first asked for. */
export const timeZones = (): readonly string[] =>
  (known ??= [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])].toSorted())
