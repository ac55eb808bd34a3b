import { ABLE_WANTED, type Load } from '../sim/navigation/questions.ts'
import type { SimNeed, SimWorld } from '../sim/navigation/world.ts'

type Counted = { readonly need: SimNeed; readonly count: number }
const counts = new WeakMap<SimWorld, readonly Counted[]>()

/** The needs of a load: the one nearest to how many it wants, or all, the commonest first. */
export const needsOf = (world: SimWorld, load: Load): readonly SimNeed[] => {
  const counted = counts.get(world) ?? world.needs.map((need, at) => ({ need, count: world.able(at).sites.length }))
  counts.set(world, counted)
  if (load === 'mix') return counted.toSorted((a, b) => b.count - a.count).map(({ need }) => need)
  const wanted = ABLE_WANTED[load]
  const far = ({ count }: { count: number }): number => Math.abs(count - wanted)
  return [counted.reduce((nearest, one) => (far(one) < far(nearest) ? one : nearest)).need]
}
