/** The one of these addresses that lies nearest above where one is: `/hours/submit` rather than `/hours` around it. */
export const nearestAbove = (here: string, addresses: readonly string[]): string | undefined =>
  addresses
    .filter((address) => here === address || here.startsWith(`${address}/`))
    .toSorted((one, other) => other.length - one.length)[0]
