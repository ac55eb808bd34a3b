import { WHOLE } from '../../../kernel/share.ts'
import { TIERS, type Tier } from '../../organisations/index.ts'
import { VISIT_KINDS, type VisitKind } from '../payment.ts'

type Point = { readonly kind: 'institution' | 'pharmacy'; readonly code: string; readonly care: readonly VisitKind[] }
type Site = { readonly id: string; readonly tier: Tier }

/** How far mobile payment reaches: by tier with its share of all institutions there (basis points; null where there is none), and pharmacies. */
export const coverageOf = (points: readonly Point[], sites: readonly Site[]) => {
  const open = new Map(points.filter(({ kind }) => kind === 'institution').map(({ code, care }) => [code, care]))
  const tiers = TIERS.map((tier) => {
    const there = sites.filter((site) => site.tier === tier)
    const opened = there.filter(({ id }) => open.has(id))
    return {
      tier,
      institutions: there.length,
      open: opened.length,
      share: there.length === 0 ? null : Math.floor((opened.length * WHOLE) / there.length),
      care: VISIT_KINDS.map((kind) => ({ kind, open: opened.filter(({ id }) => open.get(id)?.includes(kind)).length })),
    }
  })
  return { tiers, pharmacies: points.filter(({ kind }) => kind === 'pharmacy').length }
}
