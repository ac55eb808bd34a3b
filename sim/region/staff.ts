import { randomFrom, type Random } from '../residents/random.ts'
import { personName } from './names.ts'
import { makeServices } from './services.ts'
import type { ConsortiumSeed, InstitutionSeed, ServiceSeed, StaffRole, StaffSeed } from './types.ts'

/** Somebody to be hired: everything but the name and the id. */
type Post = Pick<StaffSeed, 'role' | 'title' | 'specialty'> & { employer?: string }

const GENERAL_PRACTICE = '0200'
const INTERNAL_MEDICINE = '0300'
const TRADITIONAL_MEDICINE = '5000'
/** People that one family-doctor team of the demo looks after before the unit gets a second one. */
const PEOPLE_PER_TEAM = 12_000
const TEAMS_MAX = 8

/** Serials from here on are those sent by the lead hospital, so that hiring at home never renumbers them. */
const SENT_SERIAL = 900

/**
 * Who works at the institutions of the pilots: a doctor in every village clinic, family-doctor teams in every township
 * unit, physicians in each specialty treated at the hospitals and at their partners of the province, nurses, referral
 * coordinators, managers; and 县管乡用: physicians employed by the lead who work in a township. Sorted by id. Pure.
 * @source S0 pilots; 县管乡用: 江苏医改动态第270期
 */
export function makeStaff(
  institutions: readonly InstitutionSeed[],
  consortia: readonly ConsortiumSeed[],
  seed: string,
): StaffSeed[] {
  const byId = new Map(institutions.map((one) => [one.id, one]))
  const staff = new Map<string, StaffSeed>()
  for (const consortium of consortia) {
    if (!consortium.isPilot) continue
    const ids = [consortium.lead, ...consortium.members.map(({ institution }) => institution), ...consortium.partners]
    for (const id of ids) {
      const institution = byId.get(id)
      if (!institution) throw new Error(`${consortium.zh} has a member ${id} that does not exist.`)
      const hired = postsOf(institution, seed).map((post, at) => hire(institution, post, at, seed))
      const sent = sentPosts(institution, consortium, seed).map((post, at) => hire(institution, post, SENT_SERIAL + at, seed))
      for (const one of [...hired, ...sent]) staff.set(one.id, one)
    }
  }
  return [...staff.values()].sort((a, b) => Number(a.id) - Number(b.id))
}

function hire(workplace: InstitutionSeed, post: Post, serial: number, seed: string): StaffSeed {
  const id = `${workplace.id}${String(serial).padStart(3, '0')}`
  const random = randomFrom(`${seed}/staff/${id}`)
  const isSenior = /主任|院长|村医|乡村医生/.test(post.title)
  const bornOn = `${isSenior ? random.whole(1964, 1984) : random.whole(1976, 1999)}-01-01`
  const sex = random.chance(post.role === 'nurse' ? 0.95 : 0.45) ? 'female' : 'male'
  const name = personName(random, { sex, bornOn })
  return { ...post, ...name, id, employer: post.employer ?? workplace.id, workplace: workplace.id, synthetic: true }
}

function postsOf(institution: InstitutionSeed, seed: string): Post[] {
  const random = randomFrom(`${seed}/posts/${institution.id}`)
  switch (institution.tier) {
    case 'village':
      return villagePosts(institution, random)
    case 'township':
    case 'regional-centre':
      return townshipPosts(institution, random)
    case 'county':
    case 'city':
    case 'province':
      return hospitalPosts(institution, random)
  }
}

const post = (role: StaffRole, title: string, specialty: string | null = null): Post => ({ role, title, specialty })

function villagePosts({ ws218, population }: InstitutionSeed, random: Random): Post[] {
  const titles = ws218 === 'B200' ? ['执业医师', '执业助理医师'] : ['乡村医生', '执业助理医师', '乡村全科执业助理医师']
  const doctor = (): Post => post('village-doctor', random.pick(titles), GENERAL_PRACTICE)
  return population > 4_000 ? [doctor(), doctor(), post('nurse', '护士', GENERAL_PRACTICE)] : [doctor()]
}

function townshipPosts(institution: InstitutionSeed, random: Random): Post[] {
  const teams = Math.min(TEAMS_MAX, Math.max(1, Math.round(institution.population / PEOPLE_PER_TEAM)))
  const posts = [post('manager', institution.ws218 === 'B100' ? '中心主任' : '院长'), post('referral-coordinator', '转诊专员')]
  for (let team = 0; team < teams; team += 1) {
    posts.push(post('family-doctor', random.pick(['全科主治医师', '全科医师', '全科副主任医师']), GENERAL_PRACTICE))
    posts.push(post('nurse', random.pick(['护士', '护师', '主管护师']), GENERAL_PRACTICE))
  }
  posts.push(post('physician', '中医师', TRADITIONAL_MEDICINE))
  if (institution.tier !== 'regional-centre') return posts
  return [...posts, ...physicians(makeServices(institution), () => ['主治医师'])]
}

function hospitalPosts(institution: InstitutionSeed, random: Random): Post[] {
  const services = makeServices(institution)
  const titlesFor = ({ tag }: ServiceSeed): string[] => {
    const titles = ['副主任医师', random.pick(['主治医师', '医师'])]
    // A strong specialty, and every one of a city or province hospital, has a chief physician.
    return tag !== null || institution.tier !== 'county' ? ['主任医师', ...titles] : titles
  }
  const doctors = physicians(services, titlesFor)
  const wards = new Set(doctors.map(({ specialty }) => specialty))
  return [
    post('manager', '院长'),
    post('manager', '医务科主任'),
    post('referral-coordinator', '双向转诊办公室专员'),
    post('referral-coordinator', '双向转诊办公室专员'),
    ...doctors,
    ...[...wards].map((specialty) => post('nurse', random.pick(['护师', '主管护师', '副主任护师']), specialty)),
  ]
}

/** Physicians of each specialty that is treated, read or rehabilitated in; general practice has family doctors instead. */
function physicians(services: readonly ServiceSeed[], titlesFor: (service: ServiceSeed) => string[]): Post[] {
  return services
    .filter(
      ({ line, specialty }) => ['treatment', 'rehabilitation', 'diagnosis'].includes(line) && specialty !== GENERAL_PRACTICE,
    )
    .flatMap((service) => titlesFor(service).map((title) => post('physician', title, service.specialty)))
}

/** 县管乡用: about half of the township units have a physician whom the lead hospital employs. */
function sentPosts(institution: InstitutionSeed, { lead }: ConsortiumSeed, seed: string): Post[] {
  if (institution.tier !== 'township' && institution.tier !== 'regional-centre') return []
  const random = randomFrom(`${seed}/sent/${institution.id}`)
  if (!random.chance(0.5)) return []
  const specialty = random.pick([INTERNAL_MEDICINE, TRADITIONAL_MEDICINE])
  return [{ ...post('physician', random.pick(['主治医师', '医师']), specialty), employer: lead }]
}
