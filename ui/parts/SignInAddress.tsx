import { Alert, TextInput } from '@mantine/core'
import { t } from '../say.ts'

/** The address that one signs in with, and above it why the last try was refused. */
export const SignInAddress = ({ refused }: { refused: string }) => (
  <>
    {refused ? (
      <Alert color="red" role="alert">
        {refused}
      </Alert>
    ) : null}
    <TextInput
      name="email"
      type="email"
      label={t('login.email')}
      autoComplete="username"
      required
      withAsterisk={false}
      size="md"
    />
  </>
)
