/** For one office on one small machine: some memory, safe to lose power, and no rows of people in the log. */
const usual: Readonly<Record<string, string | number>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 100,
  shared_buffers: '192MB',
  effective_cache_size: '1GB',
  maintenance_work_mem: '128MB',
  work_mem: '8MB',
  // Solid-state disks are everywhere; the default describes a spinning one.
  random_page_cost: 1.1,
  max_wal_size: '2GB',
  wal_compression: 'pglz',
  // Short statements: compiling them costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  // Details and statements of errors quote values of rows.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

/** The text of `postgresql.conf`, whole. */
export function configuration(port: number, own: Readonly<Record<string, string>> = {}): string {
  const settings = Object.entries({ ...usual, ...own, port })
  const lines = settings.map(([name, value]) => `${name} = '${String(value).replaceAll("'", "''")}'`)
  return ['# Written at every start.', ...lines, ''].join('\n')
}
