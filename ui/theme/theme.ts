import { createTheme, type CSSVariablesResolver, type MantineThemeOverride } from '@mantine/core'
import { t } from '../say.ts'
import { ramp } from './ramp.ts'

/** The accents an org can choose from, by hue; all equally readable. */
export const accents = {
  teal: ramp(190, 0.1),
  green: ramp(152, 0.12),
  blue: ramp(250, 0.14),
  indigo: ramp(275, 0.15),
  violet: ramp(298, 0.15),
  grape: ramp(325, 0.15),
  pink: ramp(355, 0.15),
  red: ramp(25, 0.16),
  orange: ramp(52, 0.14),
  yellow: ramp(85, 0.12),
  lime: ramp(128, 0.13),
  cyan: ramp(220, 0.11),
}

const neutral = {
  gray: ramp(265, 0.006),
  // Mantine paints its dark surfaces from this tuple: 0 is text, 7 the page, 6 what lies on it.
  dark: [
    '#e7e8ea',
    '#c3c5c9',
    '#a0a3a9',
    '#7d8087',
    '#50545b',
    '#2e3136',
    '#212327',
    '#16181b',
    '#111214',
    '#0b0c0d',
  ] as const,
}

export const isAccent = (name: string | undefined): name is keyof typeof accents => !!name && name in accents

const house: MantineThemeOverride = {
  colors: { ...accents, ...neutral },
  primaryShade: { light: 7, dark: 7 },
  autoContrast: false,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.45' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.3' },
      h2: { fontSize: '1rem', lineHeight: '1.4' },
      h3: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    // What is wrong stands before the control: nothing covers it, and it is read first.
    InputWrapper: { defaultProps: { inputWrapperOrder: ['label', 'description', 'error', 'input'] } },
    // Menus stay where their buttons are, inside the page's landmarks, and hold nothing but their items.
    Menu: {
      defaultProps: {
        shadow: 'md',
        transitionProps: { duration: 80 },
        offset: 6,
        withinPortal: false,
        withInitialFocusPlaceholder: false,
      },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Modal: {
      defaultProps: {
        transitionProps: { duration: 100 },
        centered: true,
        overlayProps: { backgroundOpacity: 0.4 },
        closeButtonProps: { 'aria-label': t('shell.closeDialog') },
        attributes: { header: { role: 'presentation' } },
      },
    },
    Tooltip: { defaultProps: { transitionProps: { duration: 60 }, openDelay: 250, multiline: true, maw: 320 } },
    Skeleton: { defaultProps: { radius: 'sm' } },
  },
}

/** The house's theme in one org's accent. */
export const themeFor = (accent: string | undefined) =>
  createTheme({ ...house, primaryColor: isAccent(accent) ? accent : 'teal' })

/** Variables of Mantine that are too faint for small text, and the house's own surfaces. */
export const variables: CSSVariablesResolver = (theme) => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1c1d20',
    '--mantine-color-dimmed': '#5c5f66',
    '--mantine-color-placeholder': '#6b6e76',
    '--mantine-color-error': theme.colors['red']?.[7] ?? '',
    '--mantine-color-default-border': '#dcdde1',
    '--mantine-color-anchor': `var(--mantine-color-${theme.primaryColor}-8)`,
    '--house-page': '#ffffff',
    '--house-side': '#f7f7f8',
    '--house-raised': '#ffffff',
    '--house-line': '#e8e9ec',
    '--house-hover': '#f4f5f6',
    '--house-chosen': `var(--mantine-color-${theme.primaryColor}-0)`,
    '--house-fresh': '#fdf6dc',
    '--house-accent-text': `var(--mantine-color-${theme.primaryColor}-8)`,
    '--house-mark': `var(--mantine-color-${theme.primaryColor}-7)`,
  },
  dark: {
    '--mantine-color-text': '#e7e8ea',
    '--mantine-color-dimmed': '#a0a3a9',
    '--mantine-color-placeholder': '#8d9098',
    '--mantine-color-error': theme.colors['red']?.[3] ?? '',
    '--mantine-color-default-border': '#3c4046',
    '--mantine-color-anchor': `var(--mantine-color-${theme.primaryColor}-3)`,
    '--house-page': '#16181b',
    '--house-side': '#111214',
    '--house-raised': '#1c1e22',
    '--house-line': '#2a2d32',
    '--house-hover': '#1f2125',
    '--house-chosen': `color-mix(in srgb, var(--mantine-color-${theme.primaryColor}-7) 28%, transparent)`,
    '--house-fresh': '#35301c',
    '--house-accent-text': `var(--mantine-color-${theme.primaryColor}-3)`,
    '--house-mark': `var(--mantine-color-${theme.primaryColor}-7)`,
  },
})
