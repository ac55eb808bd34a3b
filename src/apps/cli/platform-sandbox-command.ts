import { join } from 'node:path'
import type { Config } from '../../platform/config.ts'
import { BAD, QUIET } from '../platform-sandbox/faults.ts'
import { startPlatformSandbox } from '../platform-sandbox/sandbox.ts'
import { CliRefusal } from './cli-refusal.ts'

const FILE = 'platform-sandbox.sqlite'
const PORT = 21_090
const LATE_MS = 1_500
const TOKEN = 'demo'

/** Starts the simulated national platform and wallet beside a demo region; it ends with the program. @throws CliRefusal outside of one. */
export const platformSandboxCommand = async (
  config: Config,
  asked: { faults: string | undefined; seed: string | undefined },
  print: (line: string) => void,
): Promise<void> => {
  if (!config.demo)
    throw new CliRefusal({
      zh: '沙盒只用于演示区域(JIELI_DEMO=on)。',
      en: 'The sandbox is for a demo region only (JIELI_DEMO=on).',
    })
  if (asked.faults !== undefined && !['bad', 'none'].includes(asked.faults))
    throw new CliRefusal({
      zh: `--faults 只能是 bad 或 none,不能是“${asked.faults}”。`,
      en: `--faults is bad or none, not “${asked.faults}”.`,
    })
  const { address } = await startPlatformSandbox({
    port: PORT,
    file: join(config.dataFolder, FILE),
    seed: asked.seed ?? '1',
    token: TOKEN,
    faults: asked.faults === 'bad' ? BAD : QUIET,
    lateMs: LATE_MS,
  })
  print(`医保平台沙盒:${address}(Ctrl+C 结束)。用以下设置启动服务:\nThe platform sandbox: ${address} (Ctrl+C ends it). Start the server with:
  JIELI_INSURER_URL=${address} JIELI_INSURER_TOKEN=${TOKEN} JIELI_INSURER_AREA=430300 npm start`)
}
