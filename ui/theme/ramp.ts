import type { MantineColorsTuple } from '@mantine/core'

/**
 * Lightness of the ten shades, in OKLCH. Every hue takes the same steps, so an org may pick any accent and text stays
 * readable: shade 7 and darker reach 4.5:1 on white and under white text; shades 0 to 3 do so on the dark surfaces.
 */
const lightness = [0.972, 0.935, 0.88, 0.81, 0.73, 0.64, 0.555, 0.49, 0.435, 0.375]
const strength = [0.15, 0.3, 0.5, 0.75, 0.95, 1, 1, 0.96, 0.88, 0.76]

const gamma = (linear: number) => (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055)

const channel = (linear: number) =>
  Math.round(Math.min(1, Math.max(0, gamma(linear))) * 255)
    .toString(16)
    .padStart(2, '0')

/** A color in OKLCH as sRGB hex. The matrices are those of Björn Ottosson's definition of Oklab. */
export function oklch(light: number, chroma: number, hue: number): string {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (light - 0.0894841775 * a - 1.291485548 * b) ** 3
  const red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
  const green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
  const blue = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  return `#${channel(red)}${channel(green)}${channel(blue)}`
}

/** Ten shades of one hue, light to dark. */
export const ramp = (hue: number, chroma: number): MantineColorsTuple =>
  lightness.map((light, step) => oklch(light, chroma * (strength[step] ?? 1), hue)) as unknown as MantineColorsTuple
