/** Sentences of the housing module. */
export const words = {
  lives_here: 'They live in unit {{unit}}, or are about to. Give that occupancy its last day first.',
} as const
