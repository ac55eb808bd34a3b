import { dayOf, isDay, type Day } from '../../kernel/day.ts'
import { compareDay, countWaiting } from '../../modules/docking/index.ts'
import type { Config } from '../../platform/config.ts'
import { databaseNow } from '../../platform/database/pool.ts'
import { makeHouse } from '../server.ts'
import { CliRefusal } from './cli-refusal.ts'
import { withOperatorDatabase } from './operator-database.ts'

/**
 * `jieli dock status | compare`: how much is still to be told, or a day's books compared with the provincial platform.
 * @throws CliRefusal when docking is off, the day is none, or the platform does not answer.
 */
export const dockCommand = async (
  config: Config,
  asked: { act: string | undefined; day: string | undefined },
  print: (line: string) => void,
): Promise<void> => {
  const { province } = config
  if (asked.act === 'status')
    return withOperatorDatabase(config, async (database) => {
      const { waiting, stuck } = await countWaiting(database)
      print(
        `待发 ${waiting} 条,待处理 ${stuck} 条;对接${province ? '已开启' : '未开启'}。 ${waiting} to be told, ${stuck} waiting for a person; docking is ${province ? 'on' : 'off'}.`,
      )
    })
  if (asked.act !== 'compare')
    throw new CliRefusal({
      zh: '用法:npx jieli dock status 或 dock compare。',
      en: 'Write npx jieli dock status, or dock compare.',
    })
  if (!province)
    throw new CliRefusal({
      zh: '未设置 JIELI_PROVINCE_URL,对接未开启。见 docs/docking.md。',
      en: 'JIELI_PROVINCE_URL is not set, docking is off. See docs/docking.md.',
    })
  if (asked.day !== undefined && !isDay(asked.day))
    throw new CliRefusal({ zh: `“${asked.day}”不是日期,应为 YYYY-MM-DD。`, en: `“${asked.day}” is no day; write YYYY-MM-DD.` })
  await withOperatorDatabase(config, async (database) => {
    const house = await makeHouse(config, database, () => {}, () => {})
    const day = (asked.day ?? dayOf(await databaseNow(database), config.zone)) as Day
    const compared = await compareDay(house, province, day).catch((error: Error) => {
      throw new CliRefusal({
        zh: `未能与省平台核对 ${day} 的账目(${error.message})。请稍后再试。`,
        en: `The books of ${day} could not be compared (${error.message}). Try again later.`,
      })
    })
    print(JSON.stringify(compared))
    if (compared.differences > 0) process.exitCode = 1
  })
}
