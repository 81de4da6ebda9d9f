/** Sentences about files that cannot be read. None of them quotes the file. */
export const words = {
  empty: 'This file is empty. Choose a file with a row of headings and at least one record.',
  too_large: 'This file is larger than the {{max}} that fit. Split it into smaller files.',
  too_wide: 'Row {{row}} has more than {{max}} columns. Check that this is the right file.',
  open_quote: 'The file cannot be read from row {{row}} on: a quotation mark is opened there and never closed.',
  not_a_table: 'This is not a table. Save it as CSV or as an Excel workbook (.xlsx) and try again.',
  is_a: 'This is {{what}}, not a table. Save the records as CSV or as an Excel workbook (.xlsx) and try again.',
  kinds: { pdf: 'a PDF', html: 'a web page', picture: 'a picture', zip: 'a zip archive', rtf: 'a text document' },
  old_excel:
    'This is an old Excel file (.xls), or one locked with a password. Save it as an open .xlsx workbook or as CSV.',
  corrupt: 'This Excel workbook is damaged. Open it in a spreadsheet program, save it again, and try once more.',
  bomb: 'This Excel workbook unpacks to more than the server will take. Save it as CSV and try again.',
  no_sheet: 'This Excel workbook has no sheet with anything in it.',
} as const
