import type { Instant } from '../../kernel/clock.ts'
import { databaseNow, sql, type Database } from '../../platform/database/pool.ts'
import { CliRefusal } from './cli-refusal.ts'

const UNIT_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 }

/** How long `2h`, `30m` or `3d` is, in milliseconds. @throws CliRefusal when it is none of these, or longer than a year. */
export const lengthOf = (text: string): number => {
  const [, count, unit] = /^(\d{1,5})([mhd])$/.exec(text) ?? []
  const length = Number(count) * (UNIT_MS[unit ?? ''] ?? Number.NaN)
  if (length > 0 && length <= 366 * (UNIT_MS['d'] as number)) return length
  throw new CliRefusal({
    zh: `“${text}”不是可用的时长。请写分钟、小时或天,如 30m、2h、3d,最多一年。`,
    en: `“${text}” is no length of time. Write minutes, hours or days, such as 30m, 2h, 3d, at most a year.`,
  })
}

/**
 * Moves the one clock of a demo region forward, or back to the true time, and answers what it shows now.
 * @throws CliRefusal where the region is no demo: there the clock is nobody's to move.
 */
export const moveClock = async (
  database: Database,
  move: { forward: number } | 'reset' | 'show',
): Promise<{ now: Instant; aheadMs: number }> => {
  if (move !== 'show') {
    const demo = await database.row<{ value: string }>(sql`select value from platform.setting where name = 'demo'`)
    if (demo?.value !== 'on') {
      throw new CliRefusal({
        zh: '只有演示区域可以拨动时钟;本区域不是演示区域,没有改动。',
        en: 'Only the clock of a demo region may be moved; this region is none, and nothing was changed.',
      })
    }
    await database.run(
      move === 'reset'
        ? sql`update platform.clock set offset_ms = 0`
        : sql`update platform.clock set offset_ms = offset_ms + ${move.forward}`,
    )
  }
  const clock = await database.row<{ aheadMs: string }>(sql`select offset_ms as "aheadMs" from platform.clock`)
  return { now: await databaseNow(database), aheadMs: Number(clock?.aheadMs ?? 0) }
}
