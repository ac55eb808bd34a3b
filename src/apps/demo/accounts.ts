import type { OrgId, PersonId } from '../../kernel/id.ts'
import type { Role } from '../../platform/access.ts'
import { orgOfPharmacy } from '../../modules/organisations/index.ts'

/** Everybody in the demo signs in with this; the start page says so, and nothing but the demo has such accounts. */
export const DEMO_PASSWORD = 'jieli-demo'

export type DemoAccount = { account: string; password: string; zh: string; en: string; role: Role }

/** Invented pharmacies of the insurance. */
export const DEMO_PHARMACIES = [
  { code: 'P43010400001', zh: '演示大药房 岳麓店', en: 'Demo pharmacy, Yuelu', division: '430104000000' },
  { code: 'P43032100001', zh: '演示健民药房 易俗河店', en: 'Demo pharmacy, Yisuhe', division: '430321000000' },
  { code: 'P43030200001', zh: '演示大药房 雨湖店', en: 'Demo pharmacy, Yuhu', division: '430302000000' },
] as const

/** Where the demo's story plays: a village, its township unit, its county hospital and a city hospital, all in 湘潭. */
export const STAGE = {
  county: '4303210000000' as OrgId,
  city: '4303000000000' as OrgId,
  countyCode: '430321000000',
  pharmacy: orgOfPharmacy(DEMO_PHARMACIES[0].code),
} as const

const ACCOUNTS = [
  ['village', 'village-doctor', '村医(村卫生室)', 'Village doctor (village clinic)'],
  ['family', 'family-doctor', '家庭医生(乡镇卫生院)', 'Family doctor (township unit)'],
  ['desk', 'referral-desk', '转诊专员(县人民医院)', 'Referral desk (county hospital)'],
  ['ward', 'ward', '病区医生(县人民医院)', 'Ward (county hospital)'],
  ['citydesk', 'referral-desk', '转诊专员(市中心医院)', 'Referral desk (city hospital)'],
  ['pharmacy', 'pharmacist', '药店收银员(定点药店)', 'Pharmacy counter'],
  ['resident', 'resident', '居民(高血压患者)', 'Resident (with hypertension)'],
  ['manager', 'consortium-manager', '医共体管理者', 'Consortium manager'],
  ['bureau', 'health-bureau', '卫生健康行政部门', 'Health bureau'],
  ['insurer', 'insurer', '医保经办', 'Insurer'],
  ['insurer2', 'insurer', '医保复核(第二人)', 'Insurer (second person)'],
  ['admin', 'administrator', '系统管理员', 'Administrator'],
] as const satisfies readonly (readonly [string, Role, string, string])[]

/** The accounts that anybody may use in the demo region. */
export const demoAccounts = (): DemoAccount[] =>
  ACCOUNTS.map(([account, role, zh, en]) => ({ account, password: DEMO_PASSWORD, zh, en, role }))

export type DemoPeople = {
  readonly clinic: OrgId
  readonly unit: OrgId
  readonly resident: PersonId
  readonly nameOf: (account: string) => { zh: string; en: string | null }
}

/** Which institution or person each account belongs to. */
export const belongsTo = (account: string, people: DemoPeople): { org: OrgId | null; person: PersonId | null } => {
  switch (account) {
    case 'village':
      return { org: people.clinic, person: null }
    case 'family':
      return { org: people.unit, person: null }
    case 'desk':
    case 'ward':
    case 'manager':
      return { org: STAGE.county, person: null }
    case 'citydesk':
      return { org: STAGE.city, person: null }
    case 'pharmacy':
      return { org: STAGE.pharmacy, person: null }
    case 'resident':
      return { org: null, person: people.resident }
    default:
      return { org: null, person: null }
  }
}
