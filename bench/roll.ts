import type pg from 'pg'

// Invented names, made by joining syllables; about one in a hundred is a Smith, as on a real roll in the United States.
const surname = `case when n % 97 = 0 then (array['Smith', 'Smith', 'Smith', 'Smithson', 'Smiley'])[1 + n / 97 % 5]
  else initcap((array['ab', 'bran', 'cor', 'del', 'el', 'far', 'gar', 'hol', 'ing', 'jan', 'kow', 'lind', 'mar', 'nor', 'os',
      'pet', 'quin', 'ros', 'sok', 'tor', 'ud', 'vas', 'wen', 'yor', 'zam'])[1 + n * 7 % 25]
    || (array['a', 'e', 'o', 'ber', 'che', 'dor', 'kel', 'lan', 'mon', 'ner'])[1 + n / 25 % 10]
    || (array['berg', 'da', 'field', 'gren', 'ko', 'ler', 'man', 'nova', 'quez', 'son', 'ston', 'ton', 'vic', 'well', 'wood'])
      [1 + n / 250 % 15]) end`

const firstName = `(array['Ana', 'Ben', 'Cara', 'Dan', 'Esther', 'Farid', 'Grace', 'Hiro', 'Ida', 'Jorge', 'Kay', 'Luis', 'Mae',
  'Nadia', 'Omar', 'Priya', 'Rosa', 'Stefan', 'Thuy', 'Ursula', 'Victor', 'Wanda', 'Yusuf', 'Zoë'])[1 + n * 5 % 24]`

/** The members as a query: the same ones each time, told apart by a prefix of their card numbers. */
export const rollQuery = (prefix: string, count: number) => `
  select '${prefix}' || n as card_number, last_name, first_name,
    case when n % 3 = 0 then chr(65 + n % 26) || '.' end as middle_name,
    lower(public.unaccent(first_name || '.' || last_name)) || n || '@members.example' as email,
    '(555) 01' || lpad((n % 10000)::text, 4, '0') as phone,
    1 + n % 180 || ' ' || (array['Cedar St', 'Mill Rd', 'Harbor Ave', 'Union Sq', 'Canal St'])[1 + n % 5] as address,
    date '1950-01-01' + n % 18000 as birth_on,
    (array['Journeyman', 'Journeyman', 'Apprentice', 'Foreman'])[1 + n % 4] as classification,
    (array['active', 'active', 'active', 'retired', 'active', 'applicant', 'active', 'active', 'withdrawn', 'active'])
      [1 + n % 10] as state,
    date '1990-01-01' + n % 12000 as joined_on, lpad((n % 10000)::text, 4, '0') as ssn_last_four
  from (select n, ${surname} as last_name, ${firstName} as first_name from generate_series(1, ${count}) n) people`

export const rollColumns = [
  'card_number',
  'last_name',
  'first_name',
  'middle_name',
  'email',
  'phone',
  'address',
  'birth_on',
  'classification',
  'state',
  'joined_on',
  'ssn_last_four',
] as const

/** Fills an org's roll in one statement, by the superuser and past the audit trail, which is not measured here. */
export async function fillRoll(superuser: pg.Client, org: string, prefix: string, count: number): Promise<void> {
  await superuser.query('begin')
  await superuser.query('set local session_replication_role = replica')
  await superuser.query(
    `insert into members.member (org_id, ${rollColumns.join(', ')})
    select $1, ${rollColumns.join(', ')} from (${rollQuery(prefix, count)}) roll`,
    [org],
  )
  await superuser.query('commit')
  await superuser.query('vacuum analyze members.member')
}

/** Empties an org's roll again, the same way. */
export async function emptyRoll(superuser: pg.Client, org: string): Promise<void> {
  await superuser.query('begin')
  await superuser.query('set local session_replication_role = replica')
  for (const table of [
    'members.member',
    'foundation.audit_entry',
    'foundation.import_record',
    'foundation.import_chunk',
  ]) {
    await superuser.query(`delete from ${table} where org_id = $1`, [org])
  }
  await superuser.query('commit')
  await superuser.query('vacuum analyze members.member')
}
