import type { Fields } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'

/** A file is told whatever is in it; what is shown, if it is sensitive, by itself or where it comes from. */
export async function noteTaken(
  { registry, watch }: Pick<Engine, 'registry' | 'watch'>,
  caller: Caller,
  report: string,
  { columns, rows, format }: { columns: Fields; rows: number; format: string },
): Promise<void> {
  const isSensitive = ({ sensitive, from = '' }: Fields[string]) => {
    const [module, singular, name = ''] = from.split('.')
    return sensitive || registry.resources.get(`${module}.${singular}`)?.fields[name]?.sensitive
  }
  const fields = Object.keys(columns).filter((name) => columns[name] && isSensitive(columns[name]))
  const told = { fields, rows, format }
  if (format !== 'json') await watch.taken(caller, 'export', report, told)
  else if (fields.length && rows) await watch.taken(caller, 'read', report, told)
}
