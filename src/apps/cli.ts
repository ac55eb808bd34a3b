import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BackupRefusal } from '../platform/backup/index.ts'
import { readConfig, SettingError } from '../platform/config.ts'
import { runChecks } from './checks.ts'
import { auditPrecision } from './cli/audit-precision.ts'
import { auditCommand } from './cli/audit-command.ts'
import { backupCommand, restoreCommand } from './cli/backup-command.ts'
import { call } from './cli/call.ts'
import { cardSandboxCommand } from './cli/card-sandbox-command.ts'
import { CliRefusal } from './cli/cli-refusal.ts'
import { dockCommand } from './cli/dock-command.ts'
import { endUpgrade } from './cli/end-upgrade.ts'
import { fhirCommand } from './cli/fhir-command.ts'
import { formsList } from './cli/forms-list.ts'
import { HELP } from './cli/help.ts'
import { importCommand } from './cli/import-command.ts'
import { importDischarges } from './cli/import-discharges.ts'
import { importKnowledge } from './cli/import-knowledge.ts'
import { importIntake } from './cli/import-intake.ts'
import { importTravelTimes } from './cli/import-travel.ts'
import { keysCommand } from './cli/keys-command.ts'
import { makeAdministrator } from './cli/make-administrator.ts'
import { lengthOf, moveClock } from './cli/move-clock.ts'
import { withOperatorDatabase } from './cli/operator-database.ts'
import { rulebookCommand } from './cli/rulebook-command.ts'
import { platformSandboxCommand } from './cli/platform-sandbox-command.ts'
import { settingsPage } from './cli/settings-page.ts'
import { settleCommand } from './cli/settle-command.ts'
import { tokenCommand } from './cli/token-command.ts'
import { triageCommand } from './cli/triage-command.ts'
import { whatIfNavigation } from './cli/what-if-command.ts'
import { StartRefusal } from './start-messages.ts'

const OPTIONS = {
  as: { type: 'string' },
  json: { type: 'string' },
  key: { type: 'string' },
  source: { type: 'string' },
  clinic: { type: 'string' },
  org: { type: 'string' },
  'demo-clinic': { type: 'boolean' },
  write: { type: 'boolean' },
  forward: { type: 'string' },
  day: { type: 'string' },
  reset: { type: 'boolean' },
  'passphrase-file': { type: 'string' },
  file: { type: 'string' },
  age: { type: 'string' },
  sex: { type: 'string' },
  weights: { type: 'string' },
  days: { type: 'string' },
  years: { type: 'string' },
  rulebook: { type: 'string' },
  area: { type: 'string' },
  claim: { type: 'string' },
  explain: { type: 'boolean' },
  scopes: { type: 'string' },
  hours: { type: 'string' },
  faults: { type: 'string' },
  seed: { type: 'string' },
  'good-rows': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const say = (line: string): void => console.log(line)

// `--json` carries the input of a call; everywhere else it only asks for JSON.
const read = (words: readonly string[]) => {
  const options = words[0] === 'call' ? OPTIONS : { ...OPTIONS, json: { type: 'boolean' } as const }
  try {
    const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true, strict: true })
    return { values: values as { [Name in keyof typeof OPTIONS]?: string | boolean | undefined }, positionals }
  } catch (error) {
    throw new CliRefusal({
      zh: `无法识别的参数:${(error as Error).message}\n用法见 npx jieli help。`,
      en: `${(error as Error).message}\nSee npx jieli help.`,
    })
  }
}

const textOf = (value: string | boolean | undefined): string | undefined => (typeof value === 'string' ? value : undefined)

const needed = (value: string | undefined, what: { zh: string; en: string }): string => {
  if (value !== undefined && value !== '') return value
  throw new CliRefusal({ zh: `缺少${what.zh}。用法见 npx jieli help。`, en: `${what.en} is missing. See npx jieli help.` })
}

/** Runs one command line. @throws CliRefusal, StartRefusal or SettingError with both languages. */
export const runCli = async (words: readonly string[], print: (line: string) => void = say): Promise<void> => {
  const { values, positionals } = read(words)
  const [command, ...rest] = positionals
  if (values.help || command === undefined || command === 'help') return print(HELP)
  switch (command) {
    case 'call': {
      const name = needed(rest[0], { zh: '命令或查询的名称', en: 'The name of a command or query' })
      const as = needed(textOf(values.as), { zh: '账号 --as', en: 'The account, --as,' })
      return print(await call(readConfig(), { name, as, json: textOf(values.json), key: textOf(values.key) }))
    }
    case 'forms':
      return print(await formsList(values.json === true))
    case 'import':
      return importFrom(rest, values, print)
    case 'what-if':
      return whatIfOf(rest[0], values, print)
    case 'settings':
      return showSettings(values.write === true, print)
    case 'clock':
      return clock(textOf(values.forward), values.reset === true, print)
    case 'backup':
    case 'restore': {
      const folder = needed(rest[0], { zh: '备份文件夹', en: 'The folder of the backup' })
      const what = { folder, passphraseFile: textOf(values['passphrase-file']), asJson: values.json === true }
      return command === 'backup' ? backupCommand(readConfig(), what, print) : restoreCommand(readConfig(), what, print)
    }
    case 'platform-sandbox':
      return platformSandboxCommand(readConfig(), { faults: textOf(values.faults), seed: textOf(values.seed) }, print)
    case 'card-sandbox':
      return cardSandboxCommand(readConfig(), print)
    case 'keys':
      return keysCommand(readConfig(), rest[0], print)
    case 'audit': {
      const asJson = values.json === true
      const wish = { seed: textOf(values.seed), folder: textOf(values.rulebook), day: textOf(values.day), asJson }
      if (rest[0] === 'precision') return auditPrecision(wish, print)
      return auditCommand(readConfig(), { act: rest[0], of: rest[1], heads: textOf(values.file), asJson }, print)
    }
    case 'fhir':
      return fhirCommand(readConfig(), { act: rest[0], asJson: values.json === true }, print)
    case 'dock':
      return dockCommand(readConfig(), { act: rest[0], day: textOf(values.day) }, print)
    case 'triage': {
      const about = { age: textOf(values.age), sex: textOf(values.sex) }
      return triageCommand({ text: rest[0], file: textOf(values.file), asJson: values.json === true, ...about }, print)
    }
    case 'rulebook': {
      const wish = { act: rest[0], folder: textOf(values.rulebook), day: textOf(values.day), years: textOf(values.years) }
      return rulebookCommand({ ...wish, area: textOf(values.area), asJson: values.json === true }, print)
    }
    case 'settle': {
      const claim = needed(textOf(values.claim), { zh: '账单文件 --claim', en: 'The file of the bill, --claim,' })
      const wish = { claim, folder: textOf(values.rulebook), area: textOf(values.area), day: textOf(values.day) }
      return settleCommand({ ...wish, asJson: values.json === true, isExplained: values.explain === true }, print)
    }
    case 'token': {
      const login = needed(textOf(values.as), { zh: '账号 --as', en: 'The account, --as,' })
      const wish = { login, scopes: textOf(values.scopes), hours: textOf(values.hours), asJson: values.json === true }
      return tokenCommand(readConfig(), wish, print)
    }
    case 'upgraded':
      return print(
        (await endUpgrade(readConfig()))
          ? '升级结束:旧版本进程不能再读写,行级安全全部生效。 The upgrade has ended: a server of the release before can read and write no more; row security is whole.'
          : '没有进行中的升级,行级安全已全部生效。 No upgrade was under way; row security is whole.',
      )
    case 'check':
      return check(values.json === true, print)
    case 'admin':
      return administrator(needed(rest[0], { zh: '账号名', en: 'A login' }), print)
    default:
      throw new CliRefusal({
        zh: `没有“${command}”这个命令。用法见 npx jieli help。`,
        en: `There is no command “${command}”. See npx jieli help.`,
      })
  }
}

type Values = ReturnType<typeof read>['values']

const importFrom = (rest: readonly string[], values: Values, print: (line: string) => void): Promise<void> => {
  const what = rest[0]
  const path = (): string => needed(rest[1], { zh: '文件或文件夹', en: 'A file or folder' })
  if (what === 'conditions' || what === 'icd')
    return importKnowledge(
      readConfig(),
      { what, path: path(), source: textOf(values.source), asJson: values.json === true },
      print,
    )
  if (what === 'travel')
    return importTravelTimes(readConfig(), { path: path(), source: textOf(values.source), asJson: values.json === true }, print)
  if (what === 'hl7' || what === 'cda' || what === 'front-pages')
    return importIntake(
      readConfig(),
      { what, paths: [path(), ...rest.slice(2)], org: textOf(values.org), asJson: values.json === true },
      print,
    )
  if (what === 'discharges') {
    const wish = { paths: [path(), ...rest.slice(2)], goodRows: values['good-rows'] === true, asJson: values.json === true }
    return importDischarges(readConfig(), wish, print)
  }
  if (what !== 'fhir')
    throw new CliRefusal({
      zh: `不能导入“${what ?? ''}”。可导入的内容见 npx jieli help。`,
      en: `“${what ?? ''}” cannot be imported. See npx jieli help for what can be.`,
    })
  const command = {
    path: path(),
    source: textOf(values.source),
    clinic: textOf(values.clinic),
    isForDemoClinic: values['demo-clinic'] === true,
  }
  return importCommand(readConfig(), { ...command, asJson: values.json === true }, print)
}

const whatIfOf = (what: string | undefined, values: Values, print: (line: string) => void): Promise<void> => {
  if (what !== 'navigation')
    throw new CliRefusal({
      zh: `不能试算“${what ?? ''}”。目前可试算:npx jieli what-if navigation --weights <yaml>。`,
      en: `“${what ?? ''}” cannot be tried. What can be: npx jieli what-if navigation --weights <yaml>.`,
    })
  const weights = needed(textOf(values.weights), { zh: '权重文件 --weights', en: 'The file of weights, --weights,' })
  return whatIfNavigation(readConfig(), { weights, days: textOf(values.days), asJson: values.json === true }, print)
}

const showSettings = (toFile: boolean, print: (line: string) => void): void => {
  if (!toFile) return print(settingsPage())
  writeFileSync(join(import.meta.dirname, '..', '..', 'docs', 'settings.md'), settingsPage())
  print('已写入 docs/settings.md。 docs/settings.md was written.')
}

const clock = async (forward: string | undefined, isReset: boolean, print: (line: string) => void): Promise<void> => {
  const move = forward !== undefined ? { forward: lengthOf(forward) } : isReset ? ('reset' as const) : ('show' as const)
  const { now, aheadMs } = await withOperatorDatabase(readConfig(), (database) => moveClock(database, move))
  const minutes = Math.round(aheadMs / 60_000)
  print(`时钟 ${now},比真实时间快 ${minutes} 分钟。 The clock shows ${now}, ${minutes} minute(s) ahead of the true time.`)
}

const check = async (asJson: boolean, print: (line: string) => void): Promise<void> => {
  const outcomes = await withOperatorDatabase(readConfig(), runChecks)
  for (const outcome of outcomes) {
    const { name, zh, en, breaches, examples } = outcome
    print(
      asJson
        ? JSON.stringify(outcome)
        : `${breaches === 0 ? '✔' : '✖'} ${name}  ${zh} ${en}${breaches === 0 ? '' : `  ${breaches}: ${JSON.stringify(examples)}`}`,
    )
  }
  if (outcomes.some(({ breaches }) => breaches > 0)) process.exitCode = 1
}

const administrator = async (login: string, print: (line: string) => void): Promise<void> => {
  const password = await withOperatorDatabase(readConfig(), (database) => makeAdministrator(database, login))
  print(
    `管理员账号 ${login} 已开设,密码只显示这一次:${password}\nThe administrator ${login} was made; the password is shown this once: ${password}`,
  )
}

if (import.meta.main) {
  try {
    await runCli(process.argv.slice(2))
  } catch (error) {
    const isExpected =
      error instanceof CliRefusal ||
      error instanceof StartRefusal ||
      error instanceof SettingError ||
      error instanceof BackupRefusal
    console.error(isExpected ? `${error.zh}\n${error.en}` : error)
    process.exitCode = 1
  }
}
