/** One thing that was looked at: how it was found, or what is wrong and how to mend it. */
export interface Finding {
  readonly name:
    | 'node'
    | 'settings'
    | 'web'
    | 'folder'
    | 'database'
    | 'migrations'
    | 'drift'
    | 'role'
    | 'queue'
    | 'mail'
    | 'storage'
    | 'files'
    | 'scanner'
    | 'sums'
  readonly found?: string
  readonly fault?: string
}
