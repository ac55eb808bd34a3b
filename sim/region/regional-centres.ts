import type { Township } from './divisions.ts'

/** People that one rural regional centre serves. @source 江苏医改动态第270期: 服务人口15—20万人设置1个区域性医疗卫生中心 */
export const CENTRE_POPULATION = { least: 150_000, most: 200_000 } as const

/**
 * The townships whose unit becomes a regional centre (区域性医疗卫生中心), each with the residents it serves. The rural
 * townships of one county are taken in order of their codes and filled into groups of 150–200 thousand; the unit of the
 * largest town of a group is its centre. What does not fill a group has none.
 */
export function regionalCentres(townships: readonly Township[], peopleOf: (township: string) => number): Map<string, number> {
  const centres = new Map<string, number>()
  let group: Township[] = []
  let people = 0
  for (const township of townships) {
    const more = peopleOf(township.code)
    // Streets have the city's hospitals near; a township that would overfill the group stays with the county hospital.
    if (township.kind === 'street' || people + more > CENTRE_POPULATION.most) continue
    group.push(township)
    people += more
    if (people < CENTRE_POPULATION.least) continue
    const towns = group.filter(({ kind }) => kind === 'town')
    const [largest] = (towns.length > 0 ? towns : group).sort((a, b) => peopleOf(b.code) - peopleOf(a.code))
    if (largest) centres.set(largest.code, people)
    group = []
    people = 0
  }
  return centres
}
