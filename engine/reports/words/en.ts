/** Sentences about reports. */
export const words = {
  unknown_period: 'Ask for one of {{names}}, or for a first and a last day.',
  no_period: 'This report is not about a stretch of days.',
  period_twice: 'Ask for a period by its name, or for its first and last day, not both.',
  period_backwards: '"{{until}}" is before "{{from}}". Swap them, or choose another day.',
  bad_limit: 'A page has 1 to {{most}} rows.',
  bad_offset: 'Rows can be skipped up to {{most}}. For what comes later take out the file, or ask for less.',
  too_many_rows: 'These are {{count}} rows; a spreadsheet holds {{most}}. Ask for fewer, or take the CSV.',
}
