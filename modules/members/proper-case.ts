/** Names in Mac that keep a second capital. Far more names merely begin so: Mack, Macias, Machado. */
const macNames = new Set([
  'macallister',
  'macarthur',
  'macaulay',
  'macbeth',
  'macbride',
  'maccallum',
  'maccormack',
  'macdonald',
  'macdonnell',
  'macdougall',
  'macdowell',
  'macduff',
  'macewan',
  'macfarlane',
  'macgregor',
  'macguire',
  'macinnes',
  'macinnis',
  'macintosh',
  'macintyre',
  'maciver',
  'mackay',
  'mackenzie',
  'mackinnon',
  'maclachlan',
  'maclaren',
  'maclean',
  'macleod',
  'macmahon',
  'macmillan',
  'macnamara',
  'macnaughton',
  'macneil',
  'macneill',
  'macpherson',
  'macqueen',
  'macrae',
  'macvicar',
])

/**
 * A name that was printed in capitals as its bearer would write it: MCCONNELL → McConnell, O'BRIEN → O'Brien,
 * OCASIO-CORTEZ → Ocasio-Cortez, DE LA CRUZ → De La Cruz. A name with any small letter is left as it is. Capitals do
 * not tell DeGette from Degette: what cannot be known is written plainly.
 */
export function properCase(name: string): string {
  if (/\p{Ll}/u.test(name) || !/\p{Lu}/u.test(name)) return name
  return name.replace(/[\p{L}\p{M}]+/gu, properWord).replace(/(?<=\p{L}\p{Ll}['’])S\b/gu, 's')
}

function properWord(word: string): string {
  const small = word.toLocaleLowerCase('en')
  if (/^mc\p{L}{2,}/u.test(small)) return `Mc${capital(small.slice(2))}`
  if (macNames.has(small)) return `Mac${capital(small.slice(3))}`
  return capital(small)
}

const capital = (small: string) => small.charAt(0).toLocaleUpperCase('en') + small.slice(1)
