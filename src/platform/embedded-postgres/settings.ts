/** Where and how one run of the server listens and writes. */
export type ServerSettings = {
  readonly port: number
  /** For tests: commits are not flushed, a power cut may destroy the cluster. */
  readonly fast: boolean
}

/** The settings file that postgresql.conf includes, written anew at each start. */
export const settingsText = ({ port, fast }: ServerSettings): string => {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // A socket's path may have 107 bytes, which a folder easily passes: TCP on the loopback serves every platform.
    unix_socket_directories: '',
    max_connections: '60',
    shared_buffers: '256MB',
    max_wal_size: '2GB',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] %u@%d ',
    // A forgotten open transaction holds locks and stops vacuum; statement_timeout is the app's, per connection.
    idle_in_transaction_session_timeout: '60s',
    jit: 'off',
  }
  const fastSettings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
  }
  const lines = Object.entries(fast ? { ...settings, ...fastSettings } : settings)
  return `${lines.map(([name, value]) => `${name} = '${value}'`).join('\n')}\n`
}
