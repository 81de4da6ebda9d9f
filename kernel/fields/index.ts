import { choice, choiceKind } from './choice.ts'
import { count, countKind } from './count.ts'
import { date, dateKind } from './date.ts'
import type { Field, Kind } from './field.ts'
import { factor, factorKind } from './factor.ts'
import { file, fileKind } from './file.ts'
import { hours, hoursKind } from './hours.ts'
import { instant, instantKind } from './instant.ts'
import { json, jsonKind } from './json.ts'
import { longText, longTextKind } from './long-text.ts'
import { money, moneyKind } from './money.ts'
import { percent, percentKind } from './percent.ts'
import { ref, refKind } from './ref.ts'
import { tags, tagsKind } from './tags.ts'
import { text, textKind } from './text.ts'
import { yesNo, yesNoKind } from './yes-no.ts'

/** The words for declaring fields: `field.text({ required: true })`. */
export const field = {
  text,
  longText,
  choice,
  money,
  count,
  hours,
  percent,
  factor,
  date,
  instant,
  yesNo,
  ref,
  file,
  tags,
  json,
}

const kinds: Readonly<Record<string, Kind>> = Object.fromEntries(
  [
    textKind,
    longTextKind,
    choiceKind,
    moneyKind,
    countKind,
    hoursKind,
    percentKind,
    factorKind,
    dateKind,
    instantKind,
    yesNoKind,
    refKind,
    fileKind,
    tagsKind,
    jsonKind,
  ].map((kind) => [kind.kind, kind as Kind]),
)

/** The behavior of a field's kind; a kind that is not known is a fault in the declaration. */
export function kindOf(declared: Pick<Field, 'kind'>): Kind {
  const kind = kinds[declared.kind]
  if (!kind) throw new Error(`There is no kind of field called "${declared.kind}".`)
  return kind
}
