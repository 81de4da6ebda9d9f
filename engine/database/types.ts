import pg from 'pg'

const { builtins } = pg.types

/** `2026-11-21 10:37:00.12+00` → `2026-11-21T10:37:00.120Z`, as fields spell it. Every connection speaks UTC. */
const instant = (text: string) => {
  const [seconds = '', fraction = ''] = text.slice(11).replace('+00', '').split('.')
  return `${text.slice(0, 10)}T${seconds}.${fraction.padEnd(3, '0')}Z`
}

const parsers = new Map<number, (text: string) => unknown>([
  [builtins.TIMESTAMPTZ, instant],
  // A date is a date: making it a Date would shift it by the machine's time zone.
  [builtins.DATE, (text) => text],
  [builtins.NUMERIC, (text) => text],
  // Counts and stamps stay far below 2^53.
  [builtins.INT8, Number],
])

/** How PostgreSQL's values become the wire's values, so that a row can be sent as it comes. */
export const wireTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}
