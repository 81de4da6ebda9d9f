import { pdf } from '../documents.ts'
import { gif, jpeg, png } from '../images.ts'
import { zip } from '../zip.ts'
import { billion, type Hostile, page, text, utf16 } from './sent.ts'

const drawing = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

/** Pages and scripts under the names of other things. */
export const pages: readonly Hostile[] = [
  { what: 'a web page called an image', name: 'leak.jpg', bytes: text(page), reason: 'markup' },
  { what: 'a web page called a text', name: 'minutes.txt', bytes: Buffer.from(`\ufeff \n${page}`), reason: 'markup' },
  { what: 'a web page of two bytes a letter', name: 'notes.csv', bytes: utf16(page), reason: 'markup' },
  { what: 'a drawing with a script', name: 'logo.png', bytes: text(drawing), reason: 'markup' },
  {
    what: 'a drawing that fetches from elsewhere',
    name: 'logo.txt',
    bytes: text('<?xml version="1.0"?>', '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://x/"/></svg>'),
    reason: 'markup',
  },
  { what: 'a bomb of entities', name: 'roll.txt', bytes: text(billion), reason: 'markup' },
  { what: 'a script for a shell', name: 'readme.txt', bytes: text('#!/bin/sh', 'rm -rf ~'), reason: 'program' },
  { what: 'a program called a PDF', name: 'invoice.pdf', bytes: text('MZ\x90\0\x03\0\0\0\x04'), reason: 'program' },
  { what: 'noise called a text', name: 'noise.txt', bytes: text('\0\x01\x02\x03'), reason: 'unknown' },
]

/** Two kinds of file in one. */
export const polyglots: readonly Hostile[] = [
  { what: 'a PDF that is a page too', name: 'both.pdf', bytes: pdf([], { open: `%${page}\n` }), reason: 'mixed' },
  { what: 'a page that is a PDF too', name: 'both.pdf', bytes: text(page, pdf().toString('latin1')), reason: 'markup' },
  { what: 'a GIF that is a script too', name: 'both.gif', bytes: gif(0x2a2f, 8, '*/=1;alert(1)//'), reason: 'mixed' },
  {
    what: 'a GIF with a script behind it',
    name: 'both.gif',
    bytes: Buffer.concat([
      gif(),
      text('*/=1;alert(document.domain);/* and so on, for more than a few bytes, as scripts do */'),
    ]),
    reason: 'mixed',
  },
  {
    what: 'an image with an archive behind it',
    name: 'both.jpg',
    bytes: Buffer.concat([jpeg(), zip([{ name: 'a.txt', bytes: 'a' }])]),
    reason: 'mixed',
  },
  {
    what: 'an image with an archive behind it, of another kind',
    name: 'both.png',
    bytes: Buffer.concat([png(), zip([{ name: 'a.txt', bytes: 'a' }])]),
    reason: 'mixed',
  },
  { what: 'an image with a page in its comment', name: 'both.jpg', bytes: jpeg(8, 8, page), reason: 'mixed' },
  {
    what: 'an image with a page in its text',
    name: 'both.png',
    bytes: png(8, 8, [['tEXt', `c\0${page}`]]),
    reason: 'mixed',
  },
  {
    what: 'an archive with a page in front of it',
    name: 'both.zip',
    bytes: Buffer.concat([zip([{ name: 'a', bytes: page }]), zip([{ name: 'a.txt', bytes: 'a' }])]),
    reason: 'mixed',
  },
]
