import chromiumFiles from '@sparticuz/chromium'
import { chromium, type Browser } from 'playwright-core'

/**
 * Starts the Chromium that comes with the packages, so that browser tests need nothing installed by hand.
 * It has no Chinese font: the pages fetch theirs. The caller closes it.
 */
export const launch = async (): Promise<Browser> =>
  chromium.launch({
    executablePath: await chromiumFiles.executablePath(),
    // No sandbox: tests also run as root in containers, and only on pages of our own.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    headless: true,
    // Ctrl-C and a runner's limit must end the test file itself, not only the browser.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  })
