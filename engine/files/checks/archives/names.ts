import { hold } from '../verdict.ts'
import type { Entry } from './directory.ts'

/** What a computer runs when somebody opens it: no paper of an office. */
const programs = new Set(
  (
    'ade adp app appimage application appref-ms appx bas bat chm cmd com command cpl dll dmg exe gadget hta inf ins ' +
    'iso img isp jar js jse lnk mde msc msh msi msix msp mst ocx pif pkg ps1 ps1xml ps2 psc1 reg scf scr sct ' +
    'settingcontent-ms sh shb sys url vb vbe vbs vbscript vhd vhdx vxd wim ws wsc wsf wsh xll'
  ).split(' '),
)

/** What would turn the direction of writing, so that a name reads as another. */
const turning = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/u

const longest = 500

/** The ending of an entry's name, lower case. */
export const endingIn = (name: string): string => /\.([a-z0-9-]{1,20})$/i.exec(name.trimEnd())?.[1]?.toLowerCase() ?? ''

/** Holds an archive whose entries would be written outside of it when it is unpacked, or run when they are opened. */
export function holdBadNames(entries: readonly Entry[]): void {
  const seen = new Set<string>()
  for (const { name, isLink } of entries) {
    const path = name.replaceAll('\\', '/')
    const leadsOut = path.startsWith('/') || /^[a-z]:/i.test(path) || path.split('/').includes('..')
    // eslint-disable-next-line no-control-regex -- That there are none is what is looked for.
    if (isLink || leadsOut || /[\0-\x1f]/.test(path) || turning.test(path) || path.length > longest) hold('paths')
    if (seen.has(path)) hold('damaged')
    seen.add(path)
    const ending = endingIn(path)
    if (programs.has(ending)) hold('program', ending)
  }
}
