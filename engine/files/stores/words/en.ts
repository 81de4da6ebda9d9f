/** What is said about where files are kept. */
export const words = {
  full: 'There is no room left for files. What came so far is kept for a day. Please tell whoever runs this server.',
  away: 'The place where files are kept does not answer at the moment. Please try again in a few minutes.',
  busy: 'This upload is being received over another connection. Please try again in a few seconds.',
  other_offset: 'What has been received ends at another place. Ask how much there is, and go on from there.',
  no_upload: 'This upload is not there any more. Please start it again.',
  too_many_pieces: 'This file came in too many small parts. Please start again, and send it in larger ones.',
  unknown: 'Files are to be with the store "{{name}}", which is not set up here. See docs/environment.md.',
}
