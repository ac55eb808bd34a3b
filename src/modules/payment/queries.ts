import { instantAt, plusDays, type Day } from '../../kernel/day.ts'
import type { OrgId } from '../../kernel/id.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { command, query } from '../../platform/forms/form.ts'
import { allSites, divisionsOf } from '../organisations/index.ts'
import {
  billInput,
  billsInput,
  booksInput,
  closeTicketInput,
  comparedDaysInput,
  coverageInput,
  placesInput,
  releasedInput,
  usualLinesInput,
} from './contract.ts'
import {
  refundBack,
  listCompared,
  listComparedDays,
  listTickets,
  lockTicket,
  saveTicketClosed,
  sumsOfDay,
} from './ledger-store.ts'
import { pointsOn } from './point-store.ts'
import { personBilled, readTheirBill, relationsToBill, subjectOfTheirs } from './behalf.ts'
import { namesOfBills, shownBill, subjectOfBill } from './read-bill.ts'
import { coverageOf } from './rules/coverage.ts'
import { openPlaces } from './rules/open-places.ts'
import { listBills, listReleased, listUsualLines } from './store.ts'

/** A quarter: long enough to know what is usual, short enough for prices of today. */
const USUAL_DAYS = 90
const BASIS = 'S0 移动支付:诊间支付'
const THERE = ['village-doctor@anyone', 'family-doctor@anyone', 'referral-desk@anyone', 'ward@anyone'] as const
const WATCHING = ['village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'ward@own'] as const

export const bill = query({
  name: 'payment.bill',
  by: ['resident@self', 'resident@representative', 'village-doctor@own', 'family-doctor@own', 'referral-desk@own', 'ward@own'],
  basis: BASIS,
  does: { zh: '一张账单:项目、各方支付、状态。', en: 'One bill: its lines, who pays what, where it stands.' },
  input: billInput,
  read: async (tx, input, act) => {
    const found = await readTheirBill(tx, input, act.actor)
    if (found === null) return null
    const isRefund = found.bill.state === 'returning' || found.bill.state === 'reversed'
    const back = isRefund ? await refundBack(tx, found.bill) : null
    return { found, back, names: await namesOfBills(tx, [found.bill]) }
  },
  relation: ({ found }, act) => relationsToBill(found, act),
  audits: ({ found }) => [subjectOfTheirs(found)],
  answer: ({ found, back, names }, _input, act) => shownBill(found, names, act, back),
})

export const bills = query({
  name: 'payment.bills',
  by: ['resident@anyone', ...THERE],
  basis: BASIS,
  does: {
    zh: '本人或被代理人的账单;工作人员看本机构当日的账单。',
    en: 'One’s own bills, or of whom one acts for; staff see those of their institution of a day.',
  },
  input: billsInput,
  read: async (tx, { day, person: named }, act) => {
    const { role, org } = act.actor
    const since = instantAt((day ?? act.today) as Day, '00:00', act.zone)
    const person = role === 'resident' ? await personBilled(tx, named, act.actor) : null
    if (named !== undefined && person === null) return null
    const of = role === 'resident' ? person && { person } : org && { org, since }
    const found = of ? await listBills(tx, of) : []
    return {
      found,
      names: await namesOfBills(
        tx,
        found.map(({ bill }) => bill),
      ),
    }
  },
  audits: ({ found }) => found.map(subjectOfBill),
  answer: ({ found, names }, _input, act) => ({ bills: found.map((one) => shownBill(one, names, act)) }),
})

export const released = query({
  name: 'payment.released',
  by: THERE,
  basis: BASIS,
  does: { zh: '已支付、可立即检查或取药的项目。', en: 'What is paid and may be examined or dispensed at once.' },
  input: releasedInput,
  read: async (tx, { kind }, act) => {
    const { org } = act.actor
    const lines = org ? await listReleased(tx, org, kind ?? null) : []
    return { lines, names: await namesOfBills(tx, org ? lines.map(({ person }) => ({ org, person })) : []) }
  },
  audits: ({ lines }) => [...new Set(lines.map(({ person }) => person))].map((person) => ({ person })),
  answer: ({ lines, names }) => ({ lines: lines.map((line) => ({ ...line, name: names.persons.get(line.person) ?? null })) }),
})

export const books = query({
  name: 'payment.books',
  by: WATCHING,
  basis: 'S0 移动支付:日对账',
  does: {
    zh: '一天的账:各账户发生额、对账结果、差异单。',
    en: 'The books of a day: what every account moved, comparisons, tickets.',
  },
  input: booksInput,
  read: async (tx, input, act) => {
    const org = (input.org ?? act.actor.org) as OrgId | null
    const day = (input.day ?? act.today) as Day
    return {
      org,
      day,
      accounts: org ? await sumsOfDay(tx, org, day) : [],
      compared: org ? await listCompared(tx, org, day) : [],
      tickets: await listTickets(tx, org),
    }
  },
  relation: ({ org }, { actor }) => (org !== null && org === actor.org ? ['own'] : []),
  answer: ({ day, accounts, compared, tickets }) => ({ day, accounts, compared, tickets }),
})

export const comparedDays = query({
  name: 'payment.compared-days',
  by: THERE,
  basis: 'S0 移动支付:日对账',
  does: {
    zh: '近一个月本机构每天的对账:是否相符、笔数、未了结的差异单。',
    en: 'The comparison of each day of a month at one’s own institution: whether books agree, rows, tickets still open.',
  },
  input: comparedDaysInput,
  read: async (tx, _input, { actor }) => (actor.org ? listComparedDays(tx, actor.org) : []),
  answer: (days) => ({ days }),
})

export const usualLines = query({
  name: 'payment.usual-lines',
  by: THERE,
  basis: BASIS,
  does: {
    zh: '本机构近一季常开的收费项目及最近单价。',
    en: 'What one’s own institution charges most often in a quarter, with its newest price.',
  },
  input: usualLinesInput,
  read: async (tx, _input, act) => {
    const { org } = act.actor
    return org ? listUsualLines(tx, org, instantAt(plusDays(act.today, -USUAL_DAYS), '00:00', act.zone)) : []
  },
  answer: (lines) => ({ lines }),
})

export const closeTicket = command({
  name: 'payment.close-ticket',
  by: WATCHING,
  basis: 'S0 移动支付:日对账',
  does: { zh: '查清差异后结单,写明原因和处理。', en: 'Closes a difference that was looked into, with what came of it.' },
  input: closeTicketInput,
  read: (tx, { org, ticket }) => lockTicket(tx, org as OrgId, ticket),
  relation: (ticket, { actor }) => (ticket.org === actor.org ? ['own'] : []),
  decide: (ticket, { outcome }) =>
    ticket.closedAt === null
      ? ok({ change: { ticket, outcome }, answer: { closed: ticket.id } })
      : refuse('payment.ticket-closed'),
  write: async (tx, { ticket, outcome }, act) => void (await saveTicketClosed(tx, ticket, outcome, act.actor, act.now)),
})

const EVERYBODY = [
  'resident@anyone',
  ...THERE,
  'consortium-manager@anyone',
  'insurer@anyone',
  'health-bureau@anyone',
  'administrator@anyone',
] as const

/** The first digits of a division's code that name its county; the rest is filled up. */
const COUNTY_DIGITS = 6
const DIVISION_DIGITS = 12
const countyOf = (division: string | null | undefined): string | null =>
  division ? division.slice(0, COUNTY_DIGITS).padEnd(DIVISION_DIGITS, '0') : null

export const places = query({
  name: 'payment.places',
  by: EVERYBODY,
  basis: 'S0 移动支付:开通机构与定点药店',
  does: {
    zh: '今天哪些机构和药店能用手机付,各能付哪几类门诊;可按名称、县、类别查。',
    en: 'Where it may be paid by telephone today, and for which kinds of care; by name, county and kind.',
  },
  input: placesInput,
  read: async (tx, _input, act) => {
    const points = await pointsOn(tx, act.today)
    const counties = await divisionsOf(tx, [...new Set(points.flatMap(({ division }) => countyOf(division) ?? []))])
    return { points, names: new Map(counties.map(({ code, zh }) => [code, zh])) }
  },
  answer: ({ points, names }, { kind, care, text, after, limit }) =>
    openPlaces(
      points.map((one) => ({
        code: one.code,
        kind: one.kind,
        zh: one.zh,
        en: one.en ?? null,
        county: names.get(countyOf(one.division) ?? '') ?? null,
        care: one.care,
      })),
      { kind, care, text },
      { after: after ?? null, limit },
    ),
})

export const coverage = query({
  name: 'payment.coverage',
  by: EVERYBODY,
  basis: 'S0 移动支付:开通机构与定点药店',
  does: {
    zh: '移动支付开通情况:各级机构开通数与覆盖率、药店数。',
    en: 'Where mobile payment is open: by tier of institutions with coverage, and pharmacies.',
  },
  input: coverageInput,
  read: async (tx, { day }, act) => {
    const on = (day ?? act.today) as Day
    return { day: on, points: await pointsOn(tx, on), sites: await allSites(tx, on) }
  },
  answer: ({ day, points, sites }) => ({ day, ...coverageOf(points, sites) }),
})
