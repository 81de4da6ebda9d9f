import { cleanName } from '../files/file-name.ts'

/** Bytes of one name at most, with room for a number behind it: some systems count bytes rather than characters. */
const longest = 200

/** A file's name as any computer takes it, its ending kept. */
export function safeName(name: string): string {
  const { stem, ending } = partsOf(cleanName(name))
  let short = stem
  while (Buffer.byteLength(short + ending) > longest) short = Array.from(short).slice(0, -1).join('')
  return short + ending
}

/** A name that none of those has: letter case tells no names apart on some computers. Adds it to them. */
export function unusedName(name: string, used: Set<string>): string {
  const { stem, ending } = partsOf(name)
  let free = name
  for (let n = 2; used.has(free.toLowerCase()); n++) free = `${stem} (${n})${ending}`
  used.add(free.toLowerCase())
  return free
}

/** The ending with its dot, empty where there is none. */
export function partsOf(name: string): { readonly stem: string; readonly ending: string } {
  const ending = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''
  return { stem: name.slice(0, name.length - ending.length), ending }
}
