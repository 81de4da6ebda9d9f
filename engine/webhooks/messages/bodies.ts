import { say } from '@commonhall/kernel'
import type { OpenOrg } from '../../caller.ts'
import { testType } from './event-types.ts'
import { lineOf, type Told } from './told.ts'
import type { Format } from '../webhook.ts'

/** Where a message comes from. */
export interface From {
  readonly org: Pick<OpenOrg, 'slug' | 'name'>
  readonly publicUrl: string
  /** What the webhook is called. */
  readonly name: string
}

/** Larger bodies lose what a module announced in detail; receivers fetch the record. */
const largest = 32 * 1024

/** The body of a message, made once and sent as it is at each try. */
export function bodyOf(format: Format, told: Told, from: From): string {
  const body = JSON.stringify(bodies[format](told, from))
  if (Buffer.byteLength(body) <= largest) return body
  const { fields: _fields, ...less } = told
  return JSON.stringify(bodies[format]({ ...less, title: less.title.slice(0, 500) }, from))
}

const bodies: Readonly<Record<Format, (told: Told, from: From) => object>> = {
  standard: standardBody,
  slack: slackBody,
  mattermost: mattermostBody,
}

/** Thin on purpose: what happened to which record. Whoever wants its values fetches it, as far as they may. */
function standardBody({ type, at, about, changed, fields }: Told, { org, publicUrl, name }: From): object {
  const timestamp = new Date(at).toISOString()
  if (type === testType) return { type, timestamp, data: { org: org.slug, webhook: name } }
  const record = about && {
    id: about.id,
    resource: about.resource.name,
    url: `${publicUrl}/api/v1/orgs/${org.slug}/${about.resource.path}/${about.id}`,
    version: about.version,
  }
  const more = { ...(changed ? { changed } : {}), ...(fields ? { fields } : {}) }
  return { type, timestamp, data: { org: org.slug, ...record, ...more } }
}

const pageOf = ({ about }: Told, { org, publicUrl }: From) =>
  about ? `${publicUrl}/o/${org.slug}/${about.resource.path}/${about.id}` : `${publicUrl}/o/${org.slug}`

const wordsOf = (told: Told, { org, name }: From) =>
  told.type === testType ? say('webhooks:told.test', { name, org: org.name }) : lineOf(told)

/**
 * Blocks for an incoming webhook of Slack. In its markup three characters must be escaped, without which there is no
 * link and no mention; `verbatim` keeps it from finding any by itself.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
function slackBody(told: Told, from: From): object {
  const line = escapeSlack(wordsOf(told, from))
  const text = (words: string) => ({ type: 'mrkdwn', text: words, verbatim: true })
  return {
    text: line,
    unfurl_links: false,
    blocks: [
      { type: 'section', text: text(`<${pageOf(told, from)}|${line.replaceAll('|', '¦')}>`) },
      { type: 'context', elements: [text(escapeSlack(say('webhooks:told.from', { org: from.org.name })))] },
    ],
  }
}

const escapeSlack = (words: string) =>
  oneLine(words).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/**
 * An attachment for an incoming webhook of Mattermost. It reads Markdown, and mentions wherever an @ stands before a
 * name: a space without width after it makes it none.
 * https://developers.mattermost.com/integrate/reference/message-attachments/
 */
function mattermostBody(told: Told, from: From): object {
  const line = wordsOf(told, from)
  const link = pageOf(told, from)
  return {
    attachments: [
      {
        fallback: withoutMentions(oneLine(line)),
        text: `[${escapeMarkdown(line)}](${link})`,
        footer: withoutMentions(oneLine(say('webhooks:told.from', { org: from.org.name }))),
      },
    ],
  }
}

const escapeMarkdown = (words: string) => withoutMentions(oneLine(words).replace(/[\\`*_{}[\]()<>#+.!|~:-]/g, '\\$&'))

const withoutMentions = (words: string) => words.replaceAll('@', '@\u200b')

const oneLine = (words: string) => words.replace(/\s+/g, ' ').trim()
