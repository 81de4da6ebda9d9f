import { longestFileName } from '@commonhall/kernel'

/** What Windows takes for a device rather than a file, whatever ending follows. */
const devices = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=\s*(?:\.|$))/i

/**
 * The name of a file as it is kept and shown: what a person typed, without what could mislead a reader or a computer.
 * No folders, nothing invisible, nothing that turns the writing around, no name that a system keeps for itself. It is
 * never used as the name of anything on a disk of ours.
 */
export function cleanName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? ''
  const visible = last
    .toWellFormed()
    // The separators of lines and words first: they become spaces, and everything else that is invisible goes.
    .replace(/[\t\n\v\f\r\u0085\p{Zl}\p{Zp}\p{Zs}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu, '')
    .replace(/[<>:"|?*]/g, '-')
    .normalize('NFC')
    .replace(/ {2,}/g, ' ')
  const plain = shorten(trimmed(visible)).replace(devices, '_$&')
  return shorten(plain) || 'file'
}

/** Leading dots hide a file, and trailing ones hide its ending. */
const trimmed = (name: string) => name.replace(/^[ .]+|[ .]+$/g, '')

/** Cut in front of the ending, which says what the file is. */
function shorten(name: string): string {
  const characters = [...name]
  if (characters.length <= longestFileName) return name
  const ending = /\.[^. ]{1,8}$/u.exec(name)?.[0] ?? ''
  return trimmed(characters.slice(0, longestFileName - [...ending].length).join('')) + ending
}
