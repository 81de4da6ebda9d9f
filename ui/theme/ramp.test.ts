import { expect, test } from 'vitest'
import { themeFor } from './theme.ts'

const linear = (hex: string) => {
  const part = parseInt(hex, 16) / 255
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
}

const luminance = (color: string) =>
  0.2126 * linear(color.slice(1, 3)) + 0.7152 * linear(color.slice(3, 5)) + 0.0722 * linear(color.slice(5, 7))

/** The contrast ratio of WCAG 2. */
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].toSorted((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const colors = Object.entries(themeFor('teal').colors ?? {}).filter(([name]) => name !== 'dark')

test.each(colors)('text stays readable in the accent %s', (_name, shades) => {
  const [lightest = '', , , soft = ''] = shades ?? []
  expect(contrast(shades?.[7] ?? '', '#ffffff'), 'white on a button').toBeGreaterThanOrEqual(4.5)
  expect(contrast(shades?.[8] ?? '', lightest), 'a chosen chip').toBeGreaterThanOrEqual(4.5)
  expect(contrast(soft, '#1c1e22'), 'a link in the dark').toBeGreaterThanOrEqual(4.5)
})
