import type { FastifyInstance } from 'fastify'
import { letter, pictureOfLeak } from './papers.ts'
import { demoEmail } from './world.ts'

/** A file of the demo world: the first record that the list answers carries it. */
interface DemoFile {
  readonly org: string
  readonly list: string
  readonly name: string
  readonly caption: string
  readonly tags: string
  readonly bytes: () => Buffer
}

const certificate = (of: string) =>
  letter(of, [
    'This is to certify that the bearer has been admitted',
    'by vote of the membership.',
    '',
    'The Secretary',
  ])

const files: readonly DemoFile[] = [
  {
    org: 'riverside',
    list: 'occupancies?sort=-from_on',
    name: 'Lease.pdf',
    caption: 'Signed by both sides',
    tags: 'lease',
    bytes: () =>
      letter('Occupancy agreement', ['1. The member lives in the unit.', '2. The charge is due on the first.']),
  },
  {
    org: 'riverside',
    list: 'units?sort=number',
    name: 'Leak in the bedroom.png',
    caption: 'Below the bathroom of 2A',
    tags: 'repairs, urgent',
    bytes: pictureOfLeak,
  },
  {
    org: 'riverside',
    list: 'units?sort=number',
    name: 'Minutes of the repair committee.txt',
    caption: 'Two offers, one decision',
    tags: 'repairs, minutes',
    bytes: () =>
      Buffer.from('Present: five members.\n\n1. The leak in 1A. Two offers are in.\n2. The cheaper one is taken.\n'),
  },
  {
    org: 'riverside',
    list: 'members?sort=card_number',
    name: 'Share certificate.pdf',
    caption: '',
    tags: 'certificate',
    bytes: () => certificate('Share certificate'),
  },
  {
    org: 'local-100',
    list: 'members?sort=card_number',
    name: 'Journeyman certificate.pdf',
    caption: '',
    tags: 'certificate',
    bytes: () => certificate('Journeyman certificate'),
  },
]

/** Attaches a few files as somebody of the staff does, through the same door: each is checked like any other. */
export async function attachDemoFiles(app: FastifyInstance, password: string): Promise<void> {
  for (const org of new Set(files.map((file) => file.org))) {
    const login = await app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { email: demoEmail('staff', org), password, session: 'token' },
    })
    const { access_token: token } = login.json<{ access_token: string }>()
    const headers = { authorization: `Bearer ${token}` }
    for (const file of files.filter((one) => one.org === org)) await attach(app, headers, file)
  }
}

async function attach(app: FastifyInstance, headers: { authorization: string }, file: DemoFile): Promise<void> {
  const base = `/api/v1/orgs/${file.org}`
  const found = await app.inject({ url: `${base}/${file.list}&limit=1`, headers })
  const [record] = found.json<{ data: { id: string }[] }>().data
  const form = new FormData()
  form.set('caption', file.caption)
  form.set('tags', file.tags)
  form.set('file', new File([new Uint8Array(file.bytes())], file.name))
  const request = new Request('http://localhost', { method: 'POST', body: form })
  const path = file.list.replace(/\?.*/, '')
  const reply = await app.inject({
    method: 'POST',
    url: `${base}/${path}/${record?.id}/files`,
    headers: { ...headers, 'content-type': request.headers.get('content-type') ?? '' },
    payload: Buffer.from(await request.arrayBuffer()),
  })
  if (reply.statusCode !== 201) throw new Error(`${file.name} of the demo was not attached: ${reply.body}`)
}
