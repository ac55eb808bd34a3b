/** A pipe whose reader has left, and a terminal that was closed. */
const NOBODY_READS = ['EPIPE', 'EIO']

/**
 * Lets the program go on when nobody reads what it prints any more: `npm start | head`, or a terminal that was closed.
 * Otherwise the next line printed would end it in the middle of its work, before the database is stopped.
 */
export const outliveReaders = (): void => {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!NOBODY_READS.includes(error.code ?? '')) throw error
    })
}
