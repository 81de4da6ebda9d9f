import { hold } from '../verdict.ts'

const record = { end: 0x0a, filePass: 0x2f, sheet: 0x85 } as const

/** Kinds of sheet that hold programs: the macros of Excel 4, and Visual Basic. */
const programs = [1, 6]

/** Goes through what a workbook of Excel 97 to 2003 says of its sheets. Source: MS-XLS 2.4.28 and 2.4.117. */
export function holdSheetMacros(bytes: Buffer): void {
  for (let at = 0; at + 4 <= bytes.length;) {
    const [kind, length] = [bytes.readUInt16LE(at), bytes.readUInt16LE(at + 2)]
    if (kind === record.filePass) hold('encrypted')
    if (kind === record.sheet && programs.includes(bytes[at + 9] ?? 0)) hold('macros')
    if (kind === record.end) return
    at += 4 + length
  }
}
