// Loaded before every test file of `npm test`: a file that never ends says what it waits for, and is ended. A signal from
// the runner would not do, because libraries under test listen to signals themselves.

const MINUTES = Number(process.env['JIELI_TEST_FILE_MINUTES'] ?? 8)

setTimeout(() => {
  console.error(
    `✖ ${process.argv[1]} did not end within ${MINUTES} minutes; still open: ${process.getActiveResourcesInfo().join(', ')}`,
  )
  process.kill(process.pid, 'SIGKILL')
}, MINUTES * 60_000).unref()
