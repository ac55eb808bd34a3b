import type { Ending } from '../src/apps/ending.ts'
import type { Bench } from './bench.ts'
import { measureHttp } from './booking-http.ts'
import { measureInProcess } from './booking-in-process.ts'
import { openStage } from './booking-stage.ts'
import type { Report } from './report.ts'

const run = async (report: Report, ending: Ending): Promise<void> => {
  const stage = await openStage(ending)
  await measureInProcess(stage, report, ending)
  await measureHttp(stage, report, ending)
}

/** Booking units: the engine beside what is usually written, in process and over HTTP. */
export const bench: Bench = {
  name: 'booking',
  says: {
    zh: '每秒预约:引擎与单个函数、逐句往返、HTTP 各写法相比,均匀、偏斜与同一号源三种负载。',
    en: 'Bookings per second: the engine beside one function, round trips and their HTTP forms, on any, few and one pool.',
  },
  baseline: {
    zh: '同一轮、同样的行:进程内以“每次预约一个 SQL 函数”(pg、8 连接、64 并发)为基准,HTTP 以五次往返(SELECT FOR UPDATE、128 连接)为基准。',
    en: 'in the same round with the same rows: in process one SQL function a booking (pg, 8 connections, 64 callers); over HTTP five round trips with SELECT FOR UPDATE (128 connections).',
  },
  run,
}
