import type { Ending } from '../src/apps/ending.ts'
import type { Bench } from './bench.ts'
import { measureReading } from './referral-reading.ts'
import { measureSending } from './referral-sending.ts'
import { openStage } from './referral-stage.ts'
import type { Report } from './report.ts'

const run = async (report: Report, ending: Ending): Promise<void> => {
  const stage = await openStage(ending)
  const patterns = await measureSending(stage, report)
  await measureReading(stage, patterns, report)
}

/** Sending referrals and reading the worklist that they make, over HTTP from the real server on a durable PostgreSQL. */
export const bench: Bench = {
  name: 'referral',
  says: {
    zh: '每秒提交的转诊单;1 万张未结转诊单的工作列表与单张查看的时延。',
    en: 'Referrals sent per second; the latency of a worklist of 10 000 open cases and of opening one.',
  },
  baseline: {
    zh: '同一轮、同样连接数:提交以同样的行由手写 SQL(每表一条 INSERT、每单一个事务、pg)写入为基准;读取以一条手写查询为基准。',
    en: 'in the same round with as many connections: for sending, the same rows by hand-written SQL (one insert a table, one transaction a referral, pg); for reading, one hand-written query.',
  },
  run,
}
