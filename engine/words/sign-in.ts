/** What people read while they sign in, sign out, or have forgotten their password. */
export const signIn = {
  not_signed_in: 'Sign in first.',
  wrong_credentials: 'The e-mail address or the password is not right.',
  limited_one: 'Too many tries. Wait {{count}} minute, then try again.',
  limited_other: 'Too many tries. Wait {{count}} minutes, then try again.',
  locked:
    'This sign-in is locked after ten failed tries. Ask for a link under "Forgot password" to open it again, ' +
    'or sign in with a passkey, or from a browser that you have used before.',
  busy: 'Very many people are signing in right now. Try again in a few seconds.',
  csrf: 'This request did not come with its security token. Load the page again and repeat what you did.',
  other_site: 'This request came from another site and was not carried out.',
  session_over: 'Your session has ended. Sign in again.',
  reset_requested:
    'If there is an account with this address, a mail with a link is on its way. The link works for one hour.',
  reset_spent: 'This link has been used already or is older than an hour. Ask for a new one.',
  label: {
    email: 'E-mail address',
    password: 'Password',
    session: 'session',
    token: 'The code in the link',
    refresh_token: 'refresh_token',
    ticket: 'The ticket of the first step',
    method: 'The method',
    code: 'The code',
    name: 'The name',
    challenge: 'The challenge',
    credential: 'The passkey',
    more: 'more than that',
  },
  password: {
    bad_characters: 'The password contains characters that cannot be used. Choose other ones.',
    too_long: 'The password has {{length}} characters; at most {{longest}} are possible.',
    too_short:
      'The password has {{length}} characters. It needs at least {{shortest}}, or choose several words with ' +
      '{{passphrase}} characters or more.',
    too_plain:
      'The password lacks {{missing}}. Add it, or choose several words with {{passphrase}} characters or more.',
    too_common: 'This is one of the passwords that anybody would try first. Choose another one.',
    too_personal: 'The password is little more than "{{name}}", which others know. Choose another one.',
    missing: {
      upper: 'a capital letter',
      lower: 'a small letter',
      digit: 'a digit',
      special: 'a sign such as ! or -',
    },
  },
} as const
