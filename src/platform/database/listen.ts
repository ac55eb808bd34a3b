import pg from 'pg'

/** A connection of its own that hears what is notified on a channel. */
export type Listener = { readonly close: () => Promise<void>; readonly isHearing: () => boolean }

export type Hearing = {
  /** What was notified. */
  readonly hear: (payload: string) => void
  /** Listening has begun, for the first time or again: whatever was notified before was not heard. */
  readonly begun: () => void
  readonly onError?: (error: Error) => void
}

const AGAIN_MS = 100
const AGAIN_MOST_MS = 5_000

/** Listens until it is closed; a lost connection is opened again, a little later each time. `channel` is a plain word. */
export const listenTo = (url: string, channel: string, { hear, begun, onError = () => {} }: Hearing): Listener => {
  let isClosed = false
  let client: pg.Client | null = null
  let isHearing = false
  let waitMs = AGAIN_MS
  let again: NodeJS.Timeout | null = null
  const lost = (of: pg.Client): void => {
    if (client !== of) return
    client = null
    isHearing = false
    of.end().catch(() => {})
    if (isClosed) return
    again = setTimeout(() => void open(), waitMs)
    waitMs = Math.min(AGAIN_MOST_MS, waitMs * 2)
  }
  const open = async (): Promise<void> => {
    const own = new pg.Client({
      connectionString: url,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      application_name: 'jieli-listen',
    })
    client = own
    own.on('error', (error) => (onError(error), lost(own)))
    own.on('end', () => lost(own))
    own.on('notification', ({ payload }) => hear(payload ?? ''))
    try {
      await own.connect()
      await own.query(`listen ${own.escapeIdentifier(channel)}`)
      if (isClosed || client !== own) return void own.end().catch(() => {})
      waitMs = AGAIN_MS
      isHearing = true
      begun()
    } catch (error) {
      onError(error as Error)
      lost(own)
    }
  }
  void open()
  return {
    isHearing: () => isHearing,
    close: async () => {
      isClosed = true
      if (again) clearTimeout(again)
      await client?.end().catch(() => {})
    },
  }
}
