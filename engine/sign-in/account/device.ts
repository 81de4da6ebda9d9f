import { say } from '@commonhall/kernel'

type Known = readonly (readonly [name: string, shape: RegExp])[]

/** In this order, because browsers claim to be each other: Edge says it is Chrome, and Chrome that it is Safari. */
const browsers: Known = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\b(?:OPR|OPiOS|Opera)\//],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['DuckDuckGo', /\b(?:DuckDuckGo|Ddg)\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:HeadlessChrome|Chromium|Chrome|CriOS)\//],
  ['Safari', /\bSafari\//],
]

/** A phone with Android also says Linux, and an iPhone that it is like a Mac. */
const systems: Known = [
  ['Windows', /\bWindows\b/],
  ['iPhone', /\biPhone\b/],
  ['iPad', /\biPad\b/],
  ['Android', /\bAndroid\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['Mac', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
]

/** What a session was opened with, in words that its owner knows: "Firefox on Windows". */
export function deviceOf(agent: string | null): string {
  const browser = first(browsers, agent)
  const system = first(systems, agent)
  if (browser && system) return say('engine:account.device.on', { browser, system })
  // Programs begin with their own name: `curl/8.5.0`.
  const program = /^(?!Mozilla)([\w .-]{1,60}?)(?:\/|$)/.exec(agent ?? '')?.[1]?.trim()
  return browser ?? (program || system) ?? say('engine:account.device.unknown')
}

const first = (known: Known, agent: string | null) => known.find(([, shape]) => agent && shape.test(agent))?.[0]
