/** Why a backup or a restore was not done, in words for an operator. */
export const BACKUP_REFUSALS = {
  'folder-not-empty': {
    zh: '备份文件夹 {what} 不是空的。请指定一个新的空文件夹,以免新旧备份混在一起。',
    en: 'The backup folder {what} is not empty. Name a new, empty one, so that two backups never mix.',
  },
  'not-a-backup': {
    zh: '{what} 里没有 manifest.json:不是完整的备份(可能备份中途被打断)。请换一份备份。',
    en: 'There is no manifest.json in {what}: it is no whole backup (perhaps it was cut off). Take another one.',
  },
  'manifest-unreadable': {
    zh: '{what} 无法识别:内容已损坏,或由更新的版本写成。请用写它的版本恢复,或换一份备份。',
    en: '{what} cannot be read: it is damaged or was written by a newer version. Restore it with that version, or take another backup.',
  },
  'file-changed': {
    zh: '备份文件 {what} 与清单不符:缺失、不完整或被改动过。未恢复任何数据。请换一份备份。',
    en: 'The backup file {what} does not fit the manifest: it is missing, cut off or was changed. Nothing was restored. Take another backup.',
  },
  'passphrase-missing': {
    zh: '备份 {what} 已加密。请用 --passphrase-file 指定口令文件。',
    en: 'The backup {what} is sealed. Name the file with its passphrase: --passphrase-file.',
  },
  'passphrase-or-manifest-wrong': {
    zh: '口令不对,或 {what} 被改动过。未恢复任何数据。请核对口令文件。',
    en: 'The passphrase is another one, or {what} was changed. Nothing was restored. Check the passphrase file.',
  },
  'target-not-empty': {
    zh: '目标数据库已有数据({what})。恢复只写入空库,不会覆盖。请新建一个数据库或指定新的 JIELI_DATA。',
    en: 'The target database holds data already ({what}). A restore fills an empty one and overwrites nothing. Make a new database, or name a new JIELI_DATA.',
  },
  'schema-unknown': {
    zh: '备份来自另一版本的接力:本版本没有 {what}。请用不低于备份的版本恢复。',
    en: 'The backup is of another version of Jieli: this one has no {what}. Restore it with that version or a later one.',
  },
  'hidden-rows': {
    zh: '当前账号读不全表 {what}(行级安全)。请以数据库所有者账号备份。',
    en: 'This account does not see every row of {what} (row-level security). Back up as the owner of the database.',
  },
  'rows-differ': {
    zh: '恢复后 {what} 的行数与备份不符,已全部撤回。请报告此问题。',
    en: 'After the restore {what} has another number of rows than the backup; everything was taken back. Please report this.',
  },
} as const
export type BackupRefusalCode = keyof typeof BACKUP_REFUSALS

/** Carries its sentence in both languages. */
export class BackupRefusal extends Error {
  readonly code: BackupRefusalCode
  readonly zh: string
  readonly en: string
  constructor(code: BackupRefusalCode, what: string) {
    const { zh, en } = BACKUP_REFUSALS[code]
    super(en.replace('{what}', what))
    this.code = code
    this.zh = zh.replace('{what}', what)
    this.en = en.replace('{what}', what)
  }
}
