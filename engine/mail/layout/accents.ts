/** A color for words and buttons on white, and one for words on the dark sheet. */
export interface Tone {
  readonly ink: string
  readonly glow: string
}

/**
 * The accents of organizations as mail needs them: hex, since mail readers know neither variables nor OKLCH. They are
 * shades 7 and 3 of the browser machine's ramps. White on `ink` and `glow` on the dark sheet reach 4.5:1.
 */
const tones: Readonly<Record<string, Tone>> = {
  teal: { ink: '#00716c', glow: '#86d1cc' },
  green: { ink: '#1c723e', glow: '#95d2a4' },
  blue: { ink: '#0a63a9', glow: '#8cc6ff' },
  indigo: { ink: '#4b55b0', glow: '#acbbff' },
  violet: { ink: '#6c49a6', glow: '#cab1ff' },
  grape: { ink: '#873e8c', glow: '#e6a8e9' },
  pink: { ink: '#9b3564', glow: '#fba2c5' },
  red: { ink: '#a63130', glow: '#ffa29a' },
  orange: { ink: '#994400', glow: '#f7ae81' },
  yellow: { ink: '#7e5900', glow: '#dcbd7c' },
  lime: { ink: '#4b6d07', glow: '#afcd89' },
  cyan: { ink: '#006d89', glow: '#82cee6' },
}

const house: Tone = { ink: '#00716c', glow: '#86d1cc' }

/** The colors of an accent; those of the house where it has none. */
export const toneOf = (accent: string | undefined): Tone => (accent ? (tones[accent] ?? house) : house)
