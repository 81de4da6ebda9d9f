/** Sentences about files that are checked and held: what is wrong, and what to do. */
export const words = {
  checking: 'This file is being checked. It can be opened as soon as that is done.',
  because: {
    type:
      'The name of this file does not fit what is in it. Rename it so that it ends like other files of its kind, or ' +
      'save it anew in the program that it comes from, then attach it again.',
    unknown:
      'This is not a kind of file that can be kept here, whatever its name says. Save it as a PDF, an image or an ' +
      'office document, then attach it again.',
    unknown_named:
      'This is not a kind of file that can be kept here, whatever its name says ({{detail}}). Save it as a PDF, an ' +
      'image or an office document, then attach it again.',
    mixed:
      'This file is two files in one, which is how harmful files are hidden. Open it, save it anew under another ' +
      'name, then attach that.',
    markup:
      'This is a web page or a drawing that can run scripts, whatever its name says. Print it to a PDF, then attach ' +
      'that.',
    program: 'There is a program in this file. Take it out, then attach the rest. Programs cannot be kept here.',
    empty: 'There is nothing in this file. Look whether the original opens, then attach it again.',
    damaged:
      'This file is damaged or incomplete. Look whether the original opens; if it does, save it anew, then attach ' +
      'it again.',
    pixels:
      'This image is too large ({{detail}} pixels): opening it could bring a computer to a standstill. Make it ' +
      'smaller, then attach it again.',
    macros:
      'There are macros in this document: programs that run when somebody opens it. Save it without macros (as ' +
      '.docx, .xlsx or .pptx) or as a PDF, then attach that.',
    scripts:
      'This PDF has scripts or commands in it that act when somebody opens it. Open it and print it to a new PDF, ' +
      'then attach that.',
    embedded:
      'Another file is embedded in this document, which cannot be checked there. Take it out, or save the document ' +
      'as a PDF, then attach that.',
    external:
      'This document fetches parts of itself from elsewhere when somebody opens it. Save it as a PDF, then attach ' +
      'that.',
    encrypted:
      'This file is protected by a password, so nobody can check what is in it. Save it without the password, then ' +
      'attach it again.',
    unpacks:
      'This archive unpacks to far more than an office needs, enough to fill a disk. Attach the files that matter ' +
      'by themselves.',
    nested:
      'There are archives in this archive that cannot be looked into. Unpack them, then attach the files by ' +
      'themselves or in one zip file.',
    entries: 'There are more than {{detail}} files in this archive. Split it up, or attach the files that matter.',
    paths:
      'This archive has names in it that lead outside of the folder into which it is unpacked. Pack it again with ' +
      'the files alone.',
    unclear: 'This file is built in a way that could not be checked. Save it anew, or as a PDF, then attach that.',
    infected:
      'A virus was found in this file: {{detail}}. Nobody can open it here. Delete it, and have the computer that ' +
      'it comes from checked.',
    too_large:
      'This file is larger than the virus scanner can check. Split it up or make it smaller, then attach it again.',
    unscanned:
      'No virus scanner is set up, and this installation holds files until one has looked at them. Whoever runs the ' +
      'server can set one up; this file is then checked by itself.',
  },
  held: {
    title: '“{{name}}” is held back',
    kept: 'Nobody can open or download it. It stays in the list until somebody deletes it.',
    act: 'Look at the record',
  },
  boot: {
    allow: 'no virus scanner is set up; files can be opened after our own checks alone',
    hold: 'no virus scanner is set up; every file is held until one is',
  },
}
