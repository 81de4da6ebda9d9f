import { TextInput } from '@mantine/core'
import { t } from '../say.ts'

/** The address that one signs in with. */
export const SignInAddress = ({ mayBePasskey = false }: { mayBePasskey?: boolean }) => (
  <TextInput
    name="email"
    type="email"
    label={t('login.email')}
    autoComplete={mayBePasskey ? 'username webauthn' : 'username'}
    required
    withAsterisk={false}
    size="md"
  />
)
