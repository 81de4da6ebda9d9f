import { type Message, type Module, type Notice, say } from '@commonhall/kernel'
import { notices as ownNotices } from '../../foundation/notices/index.ts'
import type { Registry } from '../../registry.ts'
import { digestLetter, type Frame, type Letter, letterOf, type LetterOrg } from '../layout/letter.ts'
import { houseLetters } from '../letters/index.ts'

/** A letter with example values in it. */
export interface Sample {
  readonly name: string
  readonly label: string
  readonly letter: Letter
}

export interface SampleGroup {
  readonly label: string
  readonly samples: readonly Sample[]
}

const local = { name: 'Harbor Trades Local 100', accent: 'blue', slug: 'local-100' }
const coop = { name: 'Riverside Housing Cooperative', accent: 'teal', slug: 'riverside' }
const reader = { name: 'Ada Okafor', timeZone: 'America/New_York' }

/** Letters of the house that name an organization, whose pages the reader cannot open; and why they come. */
const inName: Readonly<Record<string, string>> = {
  'foundation.invitation': 'engine:invitation.mail.why',
  'foundation.audit-head': 'engine:chain.mail.why',
}

/** Every letter that the house and its modules can send, as the people of two example organizations would get it. */
export function samplesOf(registry: Registry, publicUrl: string): SampleGroup[] {
  const orgFor = ({ orgKinds }: Pick<Module, 'orgKinds'>) =>
    orgKinds && !orgKinds.includes('union-local') ? coop : local
  const groups = new Map<string, { label: string; org: typeof local; notices: Notice[] }>()
  for (const { module, notice } of registry.letters.values()) {
    const group = groups.get(module.name) ?? { label: module.label, org: orgFor(module), notices: [] }
    group.notices.push(notice)
    groups.set(module.name, group)
  }
  return [
    {
      label: say('engine:mail.preview.house'),
      samples: houseLetters.map((notice) => sampleOf(notice, houseFrame(notice, publicUrl))),
    },
    ...[...groups.values()].map(({ label, org, notices }) => ({
      label,
      samples: notices.map((notice) => sampleOf(notice, orgFrame(org, publicUrl, notice.always))),
    })),
    {
      label: say('engine:mail.preview.digests'),
      samples: (['daily', 'weekly', 'quiet'] as const).map((pace) => digestSample(registry, publicUrl, pace)),
    },
  ]
}

const sampleOf = (notice: Notice, frame: Frame): Sample => ({
  name: notice.name,
  label: notice.label,
  letter: letterOf(messageOf(notice, frame.org), frame),
})

export const messageOf = (notice: Notice, org: LetterOrg | undefined): Message =>
  notice.message(notice.sample, { ...reader, org: org?.name ?? say('engine:mail.house') })

const greeting = () => say('engine:mail.greeting', { name: reader.name })

function houseFrame({ name }: Notice, publicUrl: string): Frame {
  const why = inName[name]
  const frame = { publicUrl, greeting: greeting() }
  if (!why) return frame
  return { ...frame, org: { ...local, url: publicUrl }, why: say(why, { org: local.name, by: reader.name }) }
}

function orgFrame({ name, accent, slug }: typeof local, publicUrl: string, always = false): Frame {
  const url = `${publicUrl}/o/${slug}`
  return {
    publicUrl,
    greeting: greeting(),
    org: { name, accent, url },
    settings: { url: `${url}/inbox/settings` },
    ...(always ? {} : { unsubscribe: { url: `${publicUrl}/unsubscribe/a-link-of-one-click` } }),
  }
}

function digestSample({ letters }: Registry, publicUrl: string, pace: 'daily' | 'weekly' | 'quiet'): Sample {
  const frame = orgFrame(local, publicUrl)
  const told = [...letters.values()].filter(({ notice }) => !ownNotices.includes(notice as never))
  const kept = told.filter(({ module }) => !module.orgKinds || module.orgKinds.includes('union-local'))
  const some = pace === 'weekly' ? kept : kept.slice(0, 4)
  const labels = [...new Set(some.map(({ notice }) => notice.label))]
  const sections = labels.map((title) => ({
    title,
    items: some.filter(({ notice }) => notice.label === title).map(({ notice }) => messageOf(notice, frame.org)),
  }))
  return {
    name: `foundation.${pace}-digest`,
    label: say(`engine:mail.preview.${pace}`),
    letter: digestLetter({ ...frame, pace, sections }),
  }
}
