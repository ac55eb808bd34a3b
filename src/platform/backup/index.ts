export { writeBackup, type BackupOptions } from './write-backup.ts'
export { restore, RESTORING, type RestoreOptions } from './restore.ts'
export { readManifest, type Manifest } from './manifest.ts'
export { BackupRefusal, BACKUP_REFUSALS, type BackupRefusalCode } from './refusal.ts'
