import type { HitAct } from './words.ts'

/** What the insurer, or the institution, may do with a hit where it stands; the first is the usual one. */
export const actsOf = (state: string, isInsurer: boolean, isProposedByMe: boolean, isDecidedByMe = false): readonly HitAct[] => {
  if (!isInsurer) return state === 'told' ? ['accept', 'appeal'] : []
  switch (state) {
    case 'found':
      return ['tell', 'investigate', 'drop']
    case 'told':
      return ['drop']
    case 'review':
      return ['decide', 'investigate', 'drop']
    case 'investigating':
      return ['decide', 'drop']
    case 'proposed':
      return isProposedByMe ? [] : ['confirm', 'send-back']
    case 'recovering':
      return isDecidedByMe ? ['recover'] : ['recover', 'revoke']
    default:
      return []
  }
}

/** What an act asks for beside a yes: a reason, a sum, or both. */
export const ASKS: Readonly<Record<HitAct, { reason: boolean; sum: 'decided' | 'recovered' | null }>> = {
  tell: { reason: false, sum: null },
  drop: { reason: true, sum: null },
  investigate: { reason: true, sum: null },
  decide: { reason: true, sum: 'decided' },
  confirm: { reason: false, sum: null },
  'send-back': { reason: true, sum: null },
  recover: { reason: false, sum: 'recovered' },
  revoke: { reason: true, sum: null },
  accept: { reason: false, sum: null },
  appeal: { reason: true, sum: null },
}

const FEN_A_YUAN = 100
const YUAN = /^\d{1,9}(\.\d{1,2})?$/

/** Fen of a sum in yuan as it was typed; null when it is none. */
export const fenOfYuan = (text: string): number | null => (YUAN.test(text.trim()) ? Math.round(Number(text) * FEN_A_YUAN) : null)
