const load = async () => ({
  ...(await import('@simplewebauthn/server')),
  ...(await import('@simplewebauthn/server/helpers')),
})

export type WebAuthn = Awaited<ReturnType<typeof load>>

let loaded: Promise<WebAuthn> | undefined

/** The library of passkeys. With its readers of certificates it is large, so it is only read once somebody has one. */
export const webAuthn = (): Promise<WebAuthn> => (loaded ??= load())
