import { plusDays, type Day } from '../../../kernel/day.ts'
import type { OrgId } from '../../../kernel/id.ts'
import { relationsTo } from '../../../platform/access.ts'
import { query } from '../../../platform/forms/form.ts'
import { findPersons } from '../../residents/index.ts'
import { looksAt, personMeant } from '../behalf.ts'
import { forPersonInput } from '../contract.ts'
import type { GroupId } from './beds.ts'
import { readClassDays } from './class-days.ts'
import { bedsBoardInput, freeBedsInput, stayInput } from './contract.ts'
import { shownBed, shownClass, shownStay, shownWard } from './shown.ts'
import { findStay, heldGroupsOf, liveStaysOf, staysOfPerson } from './stay-store.ts'
import * as store from './store.ts'

const BOARD_DAYS = 7

export const bedsBoard = query({
  name: 'booking.beds-board',
  by: ['ward@anyone', 'referral-desk@anyone', 'consortium-manager@anyone'],
  basis: 'S0 共享床位信息',
  does: {
    zh: '本机构一个病区的床位图:逐床状态、性别、隔离、预计出院日,今后七天空床;不显示姓名。',
    en: 'The beds of a ward of one’s own institution, bed by bed, and what is free in the next seven days; nobody is named.',
  },
  input: bedsBoardInput,
  read: async (tx, input, act) => {
    const { org } = act.actor
    if (!org) return null
    const wards = await store.wardsOf(tx, org, null)
    const ward = input.ward ? wards.find(({ id }) => id === input.ward) : wards[0]
    if (input.ward && !ward) return null
    if (!ward) return { wards, ward: null, beds: [], stays: [], held: new Set<string>(), classes: [] }
    const [beds, stays, held, classes] = await Promise.all([
      store.bedsOf(tx, org, ward.id),
      liveStaysOf(tx, org, ward.id),
      heldGroupsOf(tx, org, ward.id),
      store.classesOf(tx, org, [ward.id]),
    ])
    const period = { org, classes, from: act.today, until: plusDays(act.today, BOARD_DAYS), zone: act.zone }
    return { wards, ward, beds, stays, held: new Set<string>(held), classes: await readClassDays(tx, period) }
  },
  answer: ({ wards, ward, beds, stays, held, classes }, _input, act) => ({
    today: act.today,
    wards: wards.map(shownWard),
    ward: ward?.id ?? null,
    beds: beds.map((bed) => shownBed(bed, stays, held, act.today)),
    expected: stays.filter(({ state }) => state === 'planned').map((stay) => shownStay(stay, held)),
    classes: classes.map((one) => shownClass(one, act.now)),
  }),
})

const WARDS_MOST = 60

export const freeBeds = query({
  name: 'booking.free-beds',
  by: [
    'village-doctor@anyone',
    'family-doctor@anyone',
    'referral-desk@anyone',
    'ward@anyone',
    'consortium-manager@anyone',
    'health-bureau@anyone',
  ],
  basis: 'S0 共享床位信息',
  does: {
    zh: '各病区今后若干天真正可约的床位:开放、为基层预留、急诊,及还能收治的男女人数。',
    en: 'Beds that are really free in the coming days by ward: open, reserved for primary care, for emergencies; and how many men and women would still fit.',
  },
  input: freeBedsInput,
  read: async (tx, input, act) => {
    const from = (input.from as Day | undefined) ?? act.today
    const wards = (await store.wardsOf(tx, (input.org as OrgId | undefined) ?? null, input.specialty ?? null)).slice(
      0,
      WARDS_MOST,
    )
    const shown = []
    for (const [org, ofOrg] of Map.groupBy(wards, (ward) => ward.org)) {
      const classes = await store.classesOf(
        tx,
        org,
        ofOrg.map(({ id }) => id),
      )
      const known = await readClassDays(tx, { org, classes, from, until: plusDays(from, input.days), zone: act.zone })
      shown.push(...ofOrg.map((ward) => ({ ward, classes: known.filter((one) => one.ward === ward.id) })))
    }
    return shown
  },
  answer: (wards, _input, act) => ({
    wards: wards.map(({ ward, classes }) => ({ ...shownWard(ward), classes: classes.map((one) => shownClass(one, act.now)) })),
  }),
})

export const whoInBed = query({
  name: 'booking.who-in-bed',
  by: ['ward@own', 'referral-desk@own'],
  basis: '本机构住院患者',
  does: {
    zh: '查看本机构某次住院是谁;每次查看留痕。',
    en: 'Who a stay of one’s own institution is of; every look is on record.',
  },
  input: stayInput,
  read: async (tx, input) => {
    const stay = await findStay(tx, input.org as OrgId, input.stay as GroupId)
    return stay && { stay, person: (await findPersons(tx, [stay.person])).get(stay.person) ?? null }
  },
  relation: ({ stay }, { actor }) => relationsTo(actor, { org: stay.org }),
  audits: ({ stay }) => [{ person: stay.person, case: stay.id }],
  answer: ({ stay, person }) => ({
    stay: stay.id,
    person: stay.person,
    name: { zh: person?.zh ?? '', en: person?.en ?? null },
    bornOn: person?.bornOn ?? null,
  }),
})

export const myStays = query({
  name: 'booking.my-stays',
  by: ['resident@anyone'],
  basis: '居民本人或其代理人',
  does: { zh: '我的住院安排,或我所代理的人的。', en: 'My stays, planned and under way, or those of somebody for whom I act.' },
  input: forPersonInput,
  read: async (tx, input, act) => {
    const person = await personMeant(tx, input.person, act)
    if (!person) return null
    const stays = await staysOfPerson(tx, person, act.today)
    const wards = await Promise.all(stays.map((stay) => store.findWard(tx, stay.org, stay.ward)))
    return { person, stays: stays.map((stay, at) => ({ stay, ward: wards[at] ?? null })) }
  },
  audits: ({ person }, _input, act) => looksAt(person, act),
  answer: ({ stays }) => ({
    stays: stays.map(({ stay, ward }) => ({
      org: stay.org,
      group: stay.id,
      state: stay.state,
      from: stay.fromOn,
      until: stay.untilOn,
      ward: ward && { zh: ward.zh, en: ward.en },
    })),
  }),
})
