/** Sentences of uploads. */
export const words = {
  bad_type: 'Files of this kind are not taken here. What is taken: {{endings}}.',
  too_large: 'This file is too large. It can be {{most}} at most. A scan is often smaller at a lower resolution.',
  no_place: 'Files cannot be attached here.',
  no_target:
    'Say where the file belongs: a list and a record of it, a field, or the file that this is a new version of.',
  empty: 'This file is empty. Choose another, or save it again and then try once more.',
  quota:
    'There is no room for this file. {{used}} of the {{quota}} that your organization may keep are in use, files on ' +
    'their way among them. Delete files that nobody needs, or ask whoever runs this site for more room.',
  not_found: 'There is no such upload here. Start again with this file.',
  expired: 'This upload took longer than a day and was given up. Start again with this file.',
  done: 'This upload is complete.',
  held: 'This file is being uploaded from another window right now. Wait a moment, or go on there.',
  wrong_offset: 'The upload stands elsewhere: {{received}} bytes have arrived. Go on from there.',
  too_long: 'More bytes came than were announced. The file may have changed meanwhile. Start again with it.',
  checksum: 'What arrived is not what was sent. Send it again.',
  broken_off: 'The connection broke. What has arrived is kept: go on from there.',
  busy: 'Many files are arriving right now. Try again in a few seconds.',
  bad_header: 'The header {{name}} is missing, or is not as it should be.',
  bad_version: 'Only version {{version}} of the protocol is spoken here (Tus-Resumable).',
  bad_body: 'Bytes of a file are sent as application/offset+octet-stream.',
  no_direct: 'Files are sent through this server here. Send this one with PATCH.',
  no_sum: 'Say the SHA-256 of the file in hex, so that nothing else can be sent in its place.',
  other_sum: 'This upload was begun with another SHA-256. Start again where the file has changed.',
  begun_here: 'Some of this file has arrived here already. Go on with it here.',
  nothing_came: 'Nothing of this file has arrived. Send it to the address that was given, and say so again.',
  no_file: 'Send the file as multipart/form-data, in a part called "file", behind the other fields.',
} as const
