/** Names that Windows keeps for its devices, whatever ending they have. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

/** What no file system takes, what is not seen, and what turns the direction of writing. */
// oxlint-disable-next-line no-control-regex
const unfit = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff<>:"/\\|?*]/g

/** Bytes of one name at most, with room for a number behind it. */
const longest = 200

/** A file's name as any computer takes it, its ending kept. */
export function safeName(name: string): string {
  const bare = name
    .normalize('NFC')
    .replace(unfit, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const fit = (reserved.test(bare) ? `_${bare}` : bare) || 'file'
  const { stem, ending } = partsOf(fit)
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
