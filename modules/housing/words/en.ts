/** Sentences of the housing module. */
export const words = {
  occupancy_ending: {
    title: '{{resident}} leaves unit {{unit}} {{when}}',
    intro: 'Time to plan the walk-through, the keys, and who moves in next.',
    unit: 'Unit',
    resident: 'Resident',
    until_on: 'Last day',
    act: 'Open the occupancy',
    staying: 'Are they staying? Change or clear the last day, and these reminders stop.',
  },
  lives_here: 'They live in unit {{unit}}, or are about to. Give that occupancy its last day first.',
} as const
