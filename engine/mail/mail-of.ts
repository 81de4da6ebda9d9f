import { letterOf } from './letter.ts'
import type { Mail } from './mail.ts'

interface Plain {
  readonly subject: string
  readonly greeting: string
  readonly paragraphs: readonly string[]
  readonly act?: { readonly label: string; readonly url: string }
  readonly notes?: readonly string[]
}

/** The mail that brings a letter to somebody. */
export function mailOf(to: Mail['to'], { subject, greeting, paragraphs, act, notes = [] }: Plain): Mail {
  const { origin, pathname } = new URL(act?.url ?? 'http://localhost/')
  const message = { title: subject, paragraphs, notes, ...(act ? { act: { label: act.label, path: pathname } } : {}) }
  return { to, ...letterOf(message, { publicUrl: origin, greeting }) }
}
