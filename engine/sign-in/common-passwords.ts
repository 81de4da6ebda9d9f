let commonest: Promise<ReadonlySet<string>> | undefined

/** The 10,000 commonest passwords, in lower case. The list is only read once somebody chooses a password. */
export const commonPasswords = (): Promise<ReadonlySet<string>> => (commonest ??= load())

async function load(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'].slice(0, 10_000))
}
