import type { Config } from '../../platform/config.ts'
import { openKeyRoom, rewrapKeys, rotateKeys, type WrappedColumn } from '../../platform/crypto/index.ts'
import { CliRefusal } from './cli-refusal.ts'
import { withOperatorDatabase } from './operator-database.ts'

/** Every column that holds a key wrapped by the key room; a test looks for others in the catalogue. */
export const WRAPPED: readonly WrappedColumn[] = [
  { table: 'residents.person_key', key: ['person_id'], column: 'wrapped' },
  { table: 'security.factor', key: ['id'], column: 'key_wrapped' },
  { table: 'security.device', key: ['id'], column: 'half_key' },
  { table: 'smart.signing_key', key: ['kid'], column: 'wrapped_key' },
  { table: 'health_card.app_key', key: ['app_id'], column: 'wrapped' },
  { table: 'health_record.bulk_job', key: ['org_id', 'id'], column: 'wrapped_key' },
  { table: 'intake.message', key: ['org_id', 'id'], column: 'wrapped_key' },
]

/** Shows the region's keys, begins a new generation, or wraps what is there by the newest. */
export const keysCommand = async (config: Config, act: string | undefined, print: (line: string) => void): Promise<void> => {
  switch (act) {
    case undefined: {
      const room = await openKeyRoom(config)
      print(`算法套件 suite: ${room.suite}\n最新一代密钥 newest generation of keys: ${room.newest()}`)
      for (const { key, suite, publicKey } of room.publicKeys('card'))
        print(`健康卡验签公钥 public key of cards ${key} (${suite}): ${publicKey.toString('base64url')}`)
      return
    }
    case 'rotate': {
      const generation = await rotateKeys(config)
      return print(
        `第 ${generation} 代密钥已启用,写在数据目录的 keys.json;请与 master.key 一起另行妥善备份,并重启服务,再运行 npx jieli keys rewrap。\n` +
          `Generation ${generation} of keys has begun, in keys.json of the data folder. Keep a copy of it with master.key, restart the servers, then run npx jieli keys rewrap.`,
      )
    }
    case 'rewrap': {
      const room = await openKeyRoom(config)
      const count = await withOperatorDatabase(config, (database) => rewrapKeys(database, room, WRAPPED))
      return print(
        `已用第 ${room.newest()} 代密钥重新封装 ${count} 把数据密钥。 ${count} data keys were wrapped anew by generation ${room.newest()}.`,
      )
    }
    default:
      throw new CliRefusal({
        zh: `keys 不能“${act}”。可用:keys、keys rotate、keys rewrap。`,
        en: `keys cannot “${act}”. There are: keys, keys rotate, keys rewrap.`,
      })
  }
}
