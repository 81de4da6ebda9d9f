import { type Message, say } from '@commonhall/kernel'
import { cleanText, clip, oneLine } from './lines.ts'
import { layHtml, openingOf } from './html.ts'
import { layText } from './text.ts'

/** What stands around a message: whom it greets, who sends it, why it came, and how not to get it again. */
export interface Frame {
  /** Where people reach the house. */
  readonly publicUrl: string
  readonly greeting?: string
  /** The organization that sends it; the house itself when left out. `url` is that of its pages. */
  readonly org?: LetterOrg
  /** Where the paths in it begin, if not at the organization's pages. */
  readonly base?: string
  /** A sentence that says why it came to this person. */
  readonly why?: string
  /** Ends mail of this kind with one click. */
  readonly unsubscribe?: { readonly url: string }
  /** Where people choose what they are mailed. */
  readonly settings?: { readonly url: string }
}

export interface LetterOrg {
  readonly name: string
  readonly accent?: string
  readonly url: string
}

/** A letter, laid out in both forms. */
export interface Letter {
  readonly subject: string
  readonly text: string
  readonly html: string
  /** What a list of mail shows after the subject. */
  readonly opening: string
}

/** Items of one kind, or of one organization, in a digest. */
export interface DigestSection {
  readonly title: string
  readonly items: readonly Message[]
  /** Where the paths of its items begin, if not where those of the digest do. */
  readonly base?: string
}

export interface Digest extends Frame {
  /** What it collects: of a day, of a week, or what was held back in quiet hours. */
  readonly pace: 'daily' | 'weekly' | 'quiet'
  readonly sections: readonly DigestSection[]
  /** Path of the page where all of it can be read. */
  readonly path?: string
}

/** A section as it is laid out: what did not fit is counted. */
export interface LaidSection {
  readonly title: string
  readonly count: number
  readonly items: readonly LaidItem[]
  readonly rest: number
}

interface LaidItem {
  readonly title: string
  readonly line: string
  readonly url: string | undefined
}

/** Everything that both forms of a letter say, with whole addresses and in clean text. */
export interface Laid {
  readonly title: string
  readonly greeting: string | undefined
  readonly paragraphs: readonly string[]
  readonly facts: readonly { readonly label: string; readonly value: string }[]
  readonly sections: readonly LaidSection[]
  readonly act: { readonly label: string; readonly url: string } | undefined
  readonly notes: readonly string[]
  readonly sender: { readonly name: string; readonly accent: string | undefined; readonly url: string }
  readonly why: string
  readonly unsubscribe: { readonly label: string; readonly url: string } | undefined
  readonly settings: string | undefined
}

/** Mail readers show about this much of a subject, and servers fold what is longer. */
const longestSubject = 120

/** A longer digest is read on the pages: past 102 kB mail readers cut a letter off. */
const mostItems = 8
const mostSections = 12

/** A message as a letter. */
export function letterOf(message: Message, frame: Frame): Letter {
  const { act } = message
  return written({
    ...framed(frame),
    title: oneLine(message.title),
    paragraphs: message.paragraphs.map(cleanText).filter(Boolean),
    facts: (message.facts ?? []).map(({ label, value }) => ({ label: oneLine(label), value: cleanText(value) })),
    sections: [],
    act: act && { label: oneLine(act.label), url: addressOf(frame, act.path) },
    notes: (message.notes ?? []).map(cleanText).filter(Boolean),
  })
}

/** Everything since the last time, in one letter. */
export function digestLetter({ pace, sections, path = '/inbox', ...frame }: Digest): Letter {
  const count = sections.reduce((sum, { items }) => sum + items.length, 0)
  const shown = sections.filter(({ items }) => items.length).slice(0, mostSections)
  const left = count - shown.reduce((sum, { items }) => sum + items.length, 0)
  return written({
    // Its link ends all that may be switched off: it is about no one kind.
    ...framed(frame, 'all'),
    title: say(`engine:mail.digest.${pace}`, { count, sender: frame.org?.name ?? say('engine:mail.house') }),
    paragraphs: [say(`engine:mail.digest.intro_${pace}`)],
    facts: [],
    sections: shown.map((section) => laidSection(section, frame)),
    act: { label: say('engine:mail.digest.act'), url: addressOf(frame, path) },
    notes: left ? [say('engine:mail.digest.left', { count: left })] : [],
  })
}

function laidSection({ title, items, base }: DigestSection, frame: Frame): LaidSection {
  const from = base ? { ...frame, base } : frame
  return {
    title: oneLine(title),
    count: items.length,
    rest: Math.max(0, items.length - mostItems),
    items: items.slice(0, mostItems).map((item) => ({
      title: oneLine(item.title),
      line: clip(itemLine(item), 160),
      url: item.act && addressOf(from, item.act.path),
    })),
  }
}

/** What a message says besides its title, in one line. */
export const itemLine = ({ facts = [], paragraphs }: Message): string =>
  oneLine(facts.length ? facts.map(({ label, value }) => `${label}: ${value}`).join(' · ') : (paragraphs[0] ?? ''))

const written = (laid: Laid): Letter => ({
  subject: clip(laid.title, longestSubject),
  text: layText(laid),
  html: `${layHtml(laid)}`,
  opening: openingOf(laid),
})

const framed = ({ publicUrl, greeting, org, why, unsubscribe, settings }: Frame, ends: 'kind' | 'all' = 'kind') => ({
  greeting: greeting && oneLine(greeting),
  sender: org
    ? { name: oneLine(org.name), accent: org.accent, url: org.url }
    : { name: say('engine:mail.house'), accent: undefined, url: publicUrl },
  why: why ?? (org ? say('engine:mail.why.org', { org: oneLine(org.name) }) : say('engine:mail.why.house')),
  unsubscribe: unsubscribe && {
    url: unsubscribe.url,
    label: say(ends === 'all' ? 'engine:mail.unsubscribe_all' : 'engine:mail.unsubscribe', { org: org?.name }),
  },
  settings: settings?.url,
})

/** A letter leads into the house alone, whatever its path says. */
function addressOf({ publicUrl, org, base = org?.url ?? publicUrl }: Frame, path: string): string {
  const address = new URL(`${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`.replace(/\/$/, ''))
  if (address.origin !== new URL(publicUrl).origin) throw new Error('A letter leads to pages of the house only.')
  return address.href
}
