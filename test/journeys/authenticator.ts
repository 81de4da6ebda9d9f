import type { Person } from './person.ts'

/** A device that keeps passkeys and is always ready to show one, as Chromium simulates it for one page. */
export async function handPasskeys({ page }: Person): Promise<{ takeAway: () => Promise<void> }> {
  const chromium = await page.context().newCDPSession(page)
  await chromium.send('WebAuthn.enable')
  const { authenticatorId } = await chromium.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return {
    takeAway: async () => void (await chromium.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId })),
  }
}
