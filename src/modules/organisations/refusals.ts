import type { RefusalTable } from '../../platform/refusals.ts'

const CITY = '《紧密型城市医疗集团建设试点工作方案》'
const COUNTY = '《关于全面推进紧密型县域医疗卫生共同体建设的指导意见》'

/** Why something about institutions may not be: the closed list of the module. */
export const organisationsRefusals = {
  'organisations.code-taken': {
    kind: 'conflict',
    zh: '机构代码已被另一家机构使用,没有保存。请核对代码,或查找已有机构。',
    en: 'Another institution has this code; nothing was saved. Check the code, or find the existing institution.',
    basis: 'WS 218-2002',
  },
  'organisations.code-does-not-fit': {
    kind: 'invalid',
    zh: '机构代码与所填的{what}不一致。请核对代码第 10—15 位(区划)与第 18—21 位(类别)。',
    en: 'The code does not agree with the {what_en} entered. Check its characters 10–15 (division) and 18–21 (class).',
    basis: 'WS 218-2002',
  },
  'organisations.division-unknown': {
    kind: 'invalid',
    zh: '没有区划代码 {division}。请从区划列表中选择。',
    en: 'There is no division {division}. Choose one from the list.',
    basis: null,
  },
  'organisations.specialty-unknown': {
    kind: 'invalid',
    zh: '没有诊疗科目 {specialty}。请从诊疗科目名录中选择。',
    en: 'There is no specialty {specialty}. Choose one from the catalogue.',
    basis: '医疗机构诊疗科目名录',
  },
  'organisations.institution-unknown': {
    kind: 'invalid',
    zh: '没有编号为 {institution} 的机构。请重新选择。',
    en: 'There is no institution {institution}. Choose again.',
    basis: null,
  },
  'organisations.institution-not-in-force': {
    kind: 'conflict',
    zh: '机构 {institution} 在 {day} 不在有效期内。请选择其他机构或更改日期。',
    en: 'Institution {institution} is not in force on {day}. Choose another one or another day.',
    basis: null,
  },
  'organisations.parent-not-above': {
    kind: 'invalid',
    zh: '主管机构的层级应高于本机构。请选择上一层级的机构。',
    en: 'The managing institution must stand on a higher tier. Choose one of the next tier.',
    basis: '省带市、市带县、县带乡、乡带村',
  },
  'organisations.regional-centre-population': {
    kind: 'conflict',
    zh: '区域性医疗卫生中心应服务 {least}—{most} 人,所填为 {population} 人。请核对服务人口或改为乡镇卫生院。',
    en: 'A regional centre serves {least} to {most} people; {population} were entered. Check the number, or make it a township unit.',
    basis: '服务人口15—20万人设置1个区域性医疗卫生中心',
  },
  'organisations.change-not-begun': {
    kind: 'invalid',
    zh: '变更日 {day} 应不早于现有内容的生效日 {begun},且不晚于今天。请更改日期。',
    en: 'The change must begin between {begun}, when the present text began, and today; {day} does not. Choose another day.',
    basis: null,
  },
  'organisations.closes-before-begin': {
    kind: 'invalid',
    zh: '终止日 {day} 应晚于开始日 {begun}。请更改日期。',
    en: 'The last day {day} must come after the first day {begun}. Choose another day.',
    basis: null,
  },
  'organisations.closed-already': {
    kind: 'conflict',
    zh: '该机构已登记于 {day} 终止。如有误,请联系管理员更正。',
    en: 'This institution is entered as closed from {day}. If that is wrong, ask the administrator to correct it.',
    basis: null,
  },
  'organisations.has-children': {
    kind: 'conflict',
    zh: '该机构仍主管 {count} 家机构。请先为它们另定主管机构。',
    en: 'This institution still manages {count} others. Give them another managing institution first.',
    basis: null,
  },
  'organisations.leads-consortium': {
    kind: 'conflict',
    zh: '该机构是“{consortium}”的牵头单位,不能终止或退出。请先更换牵头单位。',
    en: 'This institution leads “{consortium_en}” and can neither close nor leave. Change the lead first.',
    basis: null,
  },
  'organisations.lead-level-too-low': {
    kind: 'conflict',
    zh: '牵头医院应为{least}级以上医院(3 为三级,2 为二级)。请选择符合条件的牵头医院。',
    en: 'The lead must be a hospital of level {least} or above (3 tertiary, 2 secondary). Choose one that is.',
    basis: `${CITY};${COUNTY}`,
  },
  'organisations.lead-not-general': {
    kind: 'conflict',
    zh: '城市医疗集团的牵头医院应为综合医院。请选择综合医院。',
    en: 'The lead of a city group must be a general hospital. Choose a general hospital.',
    basis: CITY,
  },
  'organisations.lead-not-general-or-tcm': {
    kind: 'conflict',
    zh: '县域医共体的牵头医院应为综合医院或中医医院。请另选牵头医院。',
    en: 'The lead of a county consortium must be a general or a TCM hospital. Choose another lead.',
    basis: COUNTY,
  },
  'organisations.lead-for-profit': {
    kind: 'conflict',
    zh: '县域医共体的牵头医院应为非营利性医院。请另选牵头医院。',
    en: 'The lead of a county consortium must be a non-profit hospital. Choose another lead.',
    basis: COUNTY,
  },
  'organisations.lead-outside': {
    kind: 'conflict',
    zh: '牵头医院不在 {division} 范围内。请选择本区域内的医院。',
    en: 'The lead does not lie in {division}. Choose a hospital of the area.',
    basis: COUNTY,
  },
  'organisations.members-lack-secondary': {
    kind: 'conflict',
    zh: '城市医疗集团的成员应至少有一家二级综合医院或能提供康复、护理等接续性服务的机构。请先加入这样的成员。',
    en: 'A city group needs among its members a secondary general hospital or a unit of continuing care (rehabilitation, nursing). Add one first.',
    basis: CITY,
  },
  'organisations.tight-elsewhere': {
    kind: 'conflict',
    zh: '机构 {institution} 自 {from} 起已是“{consortium}”的紧密型成员,同一时间只能属于一个。请先退出,或以协作单位加入。',
    en: 'Institution {institution} is a tight member of “{consortium_en}” from {from}; it may belong to one at a time. Let it leave first, or join as partner.',
    basis: COUNTY,
  },
  'organisations.member-already': {
    kind: 'conflict',
    zh: '机构 {institution} 已在该医联体内。请先退出再以新身份加入。',
    en: 'Institution {institution} belongs to this consortium already. Let it leave before it joins in another way.',
    basis: null,
  },
  'organisations.not-a-member': {
    kind: 'conflict',
    zh: '机构 {institution} 在 {day} 不是该医联体的成员。请核对机构和日期。',
    en: 'Institution {institution} is no member of this consortium on {day}. Check the institution and the day.',
    basis: null,
  },
  'organisations.named-twice': {
    kind: 'invalid',
    zh: '机构 {institution} 在名单中出现了两次。请删去重复的一行。',
    en: 'Institution {institution} is listed twice. Remove one of the two lines.',
    basis: null,
  },
  'organisations.alliance-needs-specialty': {
    kind: 'invalid',
    zh: '专科联盟须写明诊疗科目;其他医联体不写。请更正。',
    en: 'A specialty alliance names its specialty; other consortia name none. Correct it.',
    basis: '遴选50个左右优势专科,牵头建立专科联盟',
  },
  'organisations.alliance-lead-without-strength': {
    kind: 'conflict',
    zh: '牵头单位没有诊疗科目 {specialty} 的重点、优势或特色专科。请另选牵头单位,或先登记该专科。',
    en: 'The lead has no tagged strength in specialty {specialty}. Choose another lead, or enter the strength first.',
    basis: '遴选50个左右优势专科,牵头建立专科联盟',
  },
  'organisations.alliance-has-no-grid': {
    kind: 'conflict',
    zh: '专科联盟不划网格。请选择县域医共体或城市医疗集团。',
    en: 'A specialty alliance has no grid. Choose a county consortium or a city group.',
    basis: CITY,
  },
  'organisations.village-outside': {
    kind: 'conflict',
    zh: '{village} 不是 {division} 范围内的村或社区。请从该区域内选择。',
    en: '{village} is no village or community within {division}. Choose from the area.',
    basis: CITY,
  },
  'organisations.consortium-not-in-force': {
    kind: 'conflict',
    zh: '该医联体在 {day} 不在有效期内。请更改日期或选择其他医联体。',
    en: 'This consortium is not in force on {day}. Choose another day or another consortium.',
    basis: null,
  },
  'organisations.places-in-two-consortia': {
    kind: 'conflict',
    zh: '县管乡用:用人单位和工作地点须在 {day} 同属一个医联体。请更改其中之一。',
    en: 'Somebody employed in one place may work in another only within one consortium on {day}. Change one of the two.',
    basis: '县管乡用',
  },
  'organisations.staff-unknown': {
    kind: 'absent',
    zh: '没有编号为 {staff} 的人员。请重新选择。',
    en: 'There is no member of staff {staff}. Choose again.',
    basis: null,
  },
  'organisations.placement-before-begin': {
    kind: 'invalid',
    zh: '新的安排应不早于现有安排的开始日 {begun}。请更改日期。',
    en: 'The new placement must not begin before {begun}, when the present one began. Choose another day.',
    basis: null,
  },
  'organisations.service-absent': {
    kind: 'conflict',
    zh: '该机构在 {day} 没有这项服务,无需终止。请核对诊疗科目和服务类别。',
    en: 'The institution does not offer this on {day}; there is nothing to end. Check specialty and line.',
    basis: null,
  },
  // From here on: findings of organisations.check, not refusals of a command.
  'organisations.city-has-few-grids': {
    kind: 'conflict',
    zh: '{city} 只有 {count} 个网格,试点城市原则上不少于 {least} 个。请规划更多城市医疗集团。',
    en: '{city} has {count} grid(s); a pilot city plans at least {least}. Plan more city groups.',
    basis: CITY,
  },
  'organisations.village-without-grid': {
    kind: 'conflict',
    zh: '{village}({name})不属于任何医联体。请划入网格。',
    en: '{village} ({name}) belongs to no consortium. Assign it to a grid.',
    basis: '覆盖区域内所有常住人口',
  },
  'organisations.consortium-without-grid': {
    kind: 'conflict',
    zh: '“{consortium}”没有划入任何村或社区。请划定网格。',
    en: '“{consortium_en}” has no village or community in its grid. Assign some.',
    basis: CITY,
  },
  'organisations.tight-in-two': {
    kind: 'conflict',
    zh: '机构 {institution} 同时是两个紧密型医联体的成员。请退出其中一个。',
    en: 'Institution {institution} is a tight member of two consortia at once. Let it leave one.',
    basis: COUNTY,
  },
} as const satisfies RefusalTable

export type OrganisationsCode = keyof typeof organisationsRefusals
