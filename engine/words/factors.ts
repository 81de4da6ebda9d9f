/** What people read about second factors: passkeys, codes of an app, recovery codes. */
export const factor = {
  second_step: 'One more step: show your passkey, or enter a code of your authenticator app or a recovery code.',
  ticket_spent: 'Too much time has passed since the password. Enter your e-mail address and password again.',
  wrong_code: {
    password: 'The password is not right.',
    totp: 'This code is not right. Codes change every 30 seconds, and each works once: wait for the next one.',
    'recovery-code': 'This recovery code is not right, or has been used before. Each code works once.',
    passkey: 'This passkey does not open Commonhall here. Try again, or choose another way to sign in.',
  },
  wrong_method: 'Prove it with your second step: a password alone is not enough for this sign-in.',
  bad_passkey: 'The passkey could not be added: the answer of your device did not fit, or came too late. Try again.',
  not_added: {
    known: 'This passkey is in use already. Choose another device or password manager for a new one.',
    spent: 'This passkey has just been sent already. Load the page again to see whether it is there.',
    full: 'You have 20 passkeys, and more do not fit. Remove one that you no longer use.',
  },
  no_passkey: 'You have no such passkey. It may have been removed.',
  no_app: 'You have no authenticator app here. It may have been removed.',
  none_to_forget: 'There is nobody with the address {{email}} who has a second step.',
  no_factor: 'Recovery codes come with a passkey or an authenticator app. Add one of these first.',
  app_not_offered: 'The code of this setup has run out, or another one has taken its place. Begin again.',
  required: 'One of your roles asks for a second step, and this is your last one. Add another first, then remove it.',
  other_address: 'Passkeys work at {{address}}, not at the address in your browser. Open that address and go on there.',
  no_name: 'Passkeys need an address with a name, such as https://hall.example.org; this server has only a number.',
} as const
