/** What stands around a table on paper, and why one is not printed. */
export const words = {
  printed: 'Printed {{at}} by {{by}}',
  period: { between: '{{from}} to {{until}}', since: 'From {{from}}', until: 'Until {{until}}' },
  filters: 'Filters used',
  page: 'Page {{page}} of {{pages}}',
  nothing: 'There is nothing to list.',
  yes: 'Yes',
  no: 'No',
  too_many:
    'This table has more than {{most}} lines, too many for paper. Choose a shorter period or a narrower filter, ' +
    'or take it as CSV or Excel.',
  too_large:
    'This table is too large for paper. Choose a shorter period or a narrower filter, or take it as CSV or Excel.',
  busy: 'Others are printing at the moment. Try again in a minute.',
}
