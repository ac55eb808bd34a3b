import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../platform/config.ts'
import { STAGE } from '../demo/accounts.ts'
import { startSandbox, type SandboxApps } from '../card-sandbox/sandbox.ts'
import { call } from './call.ts'
import { CliRefusal } from './cli-refusal.ts'
import { runningServer } from './running-server.ts'

const FILE = 'card-sandbox.json'
const PORT = 8090

type Registered = { readonly app: string; readonly fieldKey: string; readonly signKey: string }
type Kept = { readonly payment: Registered; readonly hospital: Registered }

/** Registers the sandbox's two programs in the demo region, once; their keys stay in the data folder, readable by its owner only. */
const registered = async (config: Config): Promise<Kept> => {
  const file = join(config.dataFolder, FILE)
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Kept
  const register = async (input: object): Promise<Registered> =>
    JSON.parse(
      await call(config, { name: 'health-card.register-app', as: 'admin', json: JSON.stringify(input), key: undefined }),
    ) as Registered
  const kept = {
    payment: await register({ name: { zh: '沙盒支付', en: 'Sandbox pay' }, kind: 'payment' }),
    hospital: await register({ name: { zh: '沙盒收费窗口', en: 'Sandbox cashier' }, kind: 'hospital', org: STAGE.county }),
  }
  writeFileSync(file, JSON.stringify(kept), { mode: 0o600 })
  return kept
}

/** Starts the sandbox of a payment app beside a running demo; it ends with the program. @throws CliRefusal outside of a demo region. */
export const cardSandboxCommand = async (config: Config, print: (line: string) => void): Promise<void> => {
  if (!config.demo)
    throw new CliRefusal({
      zh: '沙盒只用于演示区域(JIELI_DEMO=on)。',
      en: 'The sandbox is for a demo region only (JIELI_DEMO=on).',
    })
  const { address: url } = runningServer(config.dataFolder)
  const asker = ({ app, fieldKey, signKey }: Registered) => ({ url, appId: app, fieldKey: Buffer.from(fieldKey, 'hex'), signKey })
  const { payment, hospital } = await registered(config)
  const apps: SandboxApps = { payment: asker(payment), hospital: asker(hospital) }
  const { address } = await startSandbox(apps, PORT)
  print(`健康卡沙盒:${address}(Ctrl+C 结束)\nThe card sandbox: ${address} (Ctrl+C ends it)`)
}
