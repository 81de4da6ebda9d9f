import type pg from 'pg'

const oneOf = (words: string, index: string) => `('{${words.replaceAll(' ', ',')}}'::text[])[1 + ${index}]`

const smiths = 'Smith Smith Smith Smithson Smiley'
const heads = 'ab bran cor del el far gar hol ing jan kow lind mar nor os pet quin ros sok tor ud vas wen yor zam'
const hearts = 'a e o ber che dor kel lan mon ner'
const tails = 'berg da field gren ko ler man nova quez son ston ton vic well wood'
const given =
  'Ana Ben Cara Dan Esther Farid Grace Hiro Ida Jorge Kay Luis Mae Nadia Omar Priya Rosa Stefan Thuy Wanda Zoë'

// Invented by joining syllables; about one in a hundred is a Smith, as on a real roll in the United States.
const surname = `case when n % 97 = 0 then ${oneOf(smiths, 'n / 97 % 5')}
  else initcap(${oneOf(heads, 'n * 7 % 25')} || ${oneOf(hearts, 'n / 25 % 10')} || ${oneOf(tails, 'n / 250 % 15')}) end`

const firstName = oneOf(given, 'n * 5 % 21')

/** The members as a query: the same ones each time, told apart by a prefix of their card numbers. */
const rollQuery = (prefix: string, count: number) => `
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

const rollColumns = [
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
