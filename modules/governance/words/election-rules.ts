/** What people read where their organization says by which rules it decides. */
export const ruleSets = {
  title: 'Rule sets',
  intro:
    'By these rules votes are decided and elections held. A proposal or election names one of them, and what is in ' +
    'force on the day its voting opens is what counts, whatever changes later.',
  none: 'No rules yet',
  noneText: 'Begin with what is usual for organizations like yours, and change what your bylaws say otherwise.',
  presets: 'Begin with what is usual',
  take: 'Take these',
  takeOf: 'Take these: {{name}}',
  taken: '{{name}} is in force from today.',
  there: 'There already',
  new: 'Rules of your own',
  now: 'In force since {{from}}',
  coming: 'In force from {{from}}',
  over: 'No longer in force',
  versions: 'All versions',
  period: '{{from}} to {{until}}',
  change: 'Change from a day on',
  changeOf: 'Change {{name}} from a day on',
  changeHelp: 'Until the day before, the rules stay as they are. What is open keeps the rules by which it opened.',
  edit: 'Edit',
  editOf: 'Edit {{name}}',
  says: 'What these rules say',
  example: 'For example',
  exampleText: '100 may vote: {{yes}} say yes, {{no}} say no, {{abstain}} abstain.',
  unreadable: 'Fill the form in, and what it means stands here. A share is written as a fraction, such as 1/2.',
} as const
