import { useMediaQuery } from '@mantine/hooks'

/** Where a table would not fit. The same width as in the style sheets. */
export const useIsPhone = () =>
  useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false }) ?? false
