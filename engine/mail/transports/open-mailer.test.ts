import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addWords, fit } from '@commonhall/kernel'
import { SMTPServer } from 'smtp-server'
import { words } from '../../words/en.ts'
import { mailSlot, type Posted } from '../mail.ts'
import { isMailbox, openMailer } from './open-mailer.ts'
import { passwordReset } from '../letters/password-reset.ts'
import { mailOf } from '../mail-of.ts'

const received: { from: string; to: string[]; text: string }[] = []
let answer: Error | undefined
let url: string
let mail: Posted

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      const { mailFrom, rcptTo } = session.envelope
      if (!answer)
        received.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          text: String(Buffer.concat(chunks)),
        })
      done(answer)
    })
  },
})

beforeAll(async () => {
  addWords('engine', words)
  const to = { name: 'Ann "A" Lee', email: 'ann@example.org' }
  const letter = mailOf(to, passwordReset, { email: to.email, token: 'x' }, { publicUrl: 'https://hall.example.org' })
  mail = { ...letter, id: '0198c0de-0000-7000-8000-000000000001', org: null }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
})
afterAll(() => new Promise<void>((resolve) => server.close(resolve)))

const database = { bare: () => Promise.resolve([]) }
const mailer = (environment: Record<string, string>, production = false, more = {}) =>
  openMailer({ settings: { environment, production, publicUrl: 'https://hall.example.org' }, database, ...more })

test('with SMTP_URL mail goes there, as text and HTML, from an address of this host', async () => {
  const smtp = mailer({ SMTP_URL: url })
  expect(isMailbox(smtp)).toBe(false)
  await smtp.send(mail)
  await smtp.close()
  const [sent] = received
  expect(sent).toMatchObject({ from: 'no-reply@hall.example.org', to: ['ann@example.org'] })
  expect(sent?.text).toMatch(/Content-Type: text\/plain/)
  expect(sent?.text).toMatch(/Content-Type: text\/html/)
  expect(sent?.text).toMatch(/Subject: Choose a new password for Commonhall/)
})

test('MAIL_FROM names the sender', async () => {
  const smtp = mailer({ SMTP_URL: url, MAIL_FROM: 'Local 100 <office@local-100.example>' })
  await smtp.send(mail)
  await smtp.close()
  expect(received.at(-1)?.from).toBe('office@local-100.example')
})

test('a name cannot smuggle in headers or further recipients', async () => {
  const smtp = mailer({ SMTP_URL: url })
  await smtp.send({
    ...mail,
    to: { name: 'Ann\r\nBcc: eve@example.org', email: 'ann@example.org' },
    subject: 'Hello\r\nBcc: eve@example.org',
  })
  await smtp.close()
  expect(received.at(-1)?.to).toEqual(['ann@example.org'])
  expect(received.at(-1)?.text).not.toMatch(/^Bcc:/im)
})

test.each([550, 451])('a server that answers %i makes sending fail, so that the job tries again', async (code) => {
  answer = Object.assign(new Error('not now'), { responseCode: code })
  const smtp = mailer({ SMTP_URL: url })
  await expect(smtp.send(mail)).rejects.toThrow(/not now/)
  await smtp.close()
  answer = undefined
})

test('a server that is down makes sending fail', async () => {
  const smtp = mailer({ SMTP_URL: 'smtp://127.0.0.1:1' })
  await expect(smtp.send(mail)).rejects.toThrow(/ECONNREFUSED/)
  await smtp.close()
})

test('without SMTP_URL mail stays in the mailbox; in production nothing is pretended', async () => {
  expect(isMailbox(mailer({}))).toBe(true)
  const nowhere = mailer({}, true)
  expect(isMailbox(nowhere)).toBe(false)
  await expect(nowhere.send(mail)).rejects.toThrow(/SMTP_URL/)
})

test("a module's own way of sending comes first", () => {
  const pigeon = fit(mailSlot, {
    name: 'pigeon',
    fits: ({ PIGEON }) => Boolean(PIGEON),
    make: () => ({ name: 'pigeon', send: () => Promise.resolve('250'), close: () => Promise.resolve() }),
  })
  expect(mailer({ SMTP_URL: url, PIGEON: '1' }, false, { fittings: [pigeon] }).name).toBe('pigeon')
  expect(mailer({ SMTP_URL: url }, false, { fittings: [pigeon] }).name).toBe('smtp')
})
