import { dayOf } from '../../kernel/day.ts'
import { ok } from '../../kernel/result.ts'
import { command, query } from '../../platform/forms/form.ts'
import { relationsToRecord, standingTo } from '../record-access/index.ts'
import { idsOf } from '../residents/index.ts'
import { dueCareInput, myNewsInput, seeNewsInput } from './contract.ts'
import { namedEncounters, newsOf, saveSeen } from './news-store.ts'
import { dueServices } from './rules/due-services.ts'
import { parseFhirJson } from './rules/exact-json.ts'
import type { Resource } from './rules/fhir-reading.ts'
import { summarise, VOID_STATES } from './rules/summarise.ts'
import { timelineEntry } from './rules/timeline-entry.ts'
import { shownEncounters } from './shown-encounters.ts'
import { summaryBodies } from './store.ts'

const NEWS_MOST = 50

export const myNews = query({
  name: 'health-record.my-news',
  by: ['resident@anyone'],
  basis: '个人信息保护法 第四十五条;结果出来即告知本人',
  does: {
    zh: '上次查看之后新出的检验、检查结果,以及哪些机构新记了就诊、因此可以看病历,供首页提醒。',
    en: 'What came into one’s own record since one last looked, for the first page: results, and encounters by which an institution may see it.',
  },
  input: myNewsInput,
  read: async (tx, _input, act) => {
    if (!act.actor.person) return null
    const own = act.actor.person
    const ids = await idsOf(tx, own)
    const days = act.policy('health-record.news-days')
    const encounters = await namedEncounters(tx, ids, { own, days }, NEWS_MOST)
    return { rows: await newsOf(tx, own, ids, days, NEWS_MOST), encounters: await shownEncounters(tx, encounters) }
  },
  audits: (_found, _input, act) => [{ person: act.actor.person }],
  answer: ({ rows, encounters }, _input, act) => ({
    /** By these an institution may see the record from now on. */
    encounters,
    news: rows.flatMap(({ id, body, recordedAt }) => {
      const entry = timelineEntry(parseFhirJson(body) as Resource, act.zone)
      if (!entry || VOID_STATES.includes(entry.status ?? '')) return []
      return [
        { id, kind: entry.kind, at: entry.at, recordedAt, words: entry.words, detail: entry.detail, values: [...entry.values] },
      ]
    }),
  }),
})

export const seeNews = command({
  name: 'health-record.see-news',
  by: ['resident@anyone'],
  basis: '个人信息保护法 第四十五条',
  does: { zh: '记下本人已看过新结果。', en: 'Notes that one has seen the new results.' },
  input: seeNewsInput,
  read: async (_tx, _input, act) => (act.actor.person ? { person: act.actor.person } : null),
  decide: ({ person }, _input, act) => ok({ change: { person, at: act.now }, answer: { seenAt: act.now } }),
  write: async (tx, { person, at }) => void (await saveSeen(tx, person, at)),
})

export const dueCare = query({
  name: 'health-record.due-care',
  by: ['resident@self', 'resident@representative', 'village-doctor@care-team', 'family-doctor@care-team'],
  basis: '国家基本公共卫生服务规范(第三版)',
  does: {
    zh: '按年龄和已有诊断,应做的基本公共卫生服务,以及记录中最近一次是什么时候。',
    en: 'Public-health services that are due by age and illness, and when the record shows the last one.',
  },
  input: dueCareInput,
  read: async (tx, input) => {
    const standing = await standingTo(tx, input.person)
    return standing && { ...standing, bodies: await summaryBodies(tx, await idsOf(tx, standing.person.id)) }
  },
  relation: relationsToRecord,
  audits: ({ person }) => [{ person: person.id }],
  answer: ({ person, bodies }, _input, act) => {
    const { problems, series } = summarise(
      bodies.map((body) => JSON.parse(body)),
      act.zone,
    )
    const lastOn = new Map(
      series.flatMap(({ code, points }) => {
        const last = points.at(-1)
        return last ? [[code, dayOf(last.at, act.zone)] as const] : []
      }),
    )
    const facts = {
      bornOn: person.bornOn,
      isAlive: person.diedOn === null,
      problems: problems.flatMap(({ code, isActive }) => (isActive && code ? [code] : [])),
      lastOn,
    }
    const rules = {
      fromYears: (service: string) => act.policy('health-record.due-from-years', service),
      everyDays: (service: string) => act.policy('health-record.due-every-days', service),
    }
    return { services: dueServices(facts, rules, act.today) }
  },
})
