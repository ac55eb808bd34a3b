import type { OrgId, PersonId } from '../../../kernel/id.ts'
import { ok, refuse, type Result } from '../../../kernel/result.ts'
import { carriedCommand } from '../../../platform/forms/form.ts'
import type { PoolId } from '../booking.ts'
import { mayBookFor } from '../behalf.ts'
import { holdInput } from '../contract.ts'
import { bookInput } from './contract.ts'
import { engineOf, type Wish } from './engine.ts'

export const hold = carriedCommand({
  name: 'booking.hold',
  by: ['resident@anyone'],
  basis: 'S0 实时号源;S2 分时段预约',
  does: { zh: '居民为本人或所代理的人选号,号源保留片刻等待确认。', en: 'A resident picks a unit, for oneself or for whom one acts; it is held for a moment until confirmed.' },
  input: holdInput,
  wish: (input, actor): Result<Wish> => {
    if (!actor.person) return refuse('platform.not-found')
    const person = (input.person ?? actor.person) as PersonId
    return ok({ form: 'booking.hold', org: input.org as OrgId, pool: input.pool as PoolId, person, channel: 'direct', body: input })
  },
  mayWish: mayBookFor,
  carriedBy: (house) => engineOf(house).book,
}).answering<{ org: string; booking: string; holdUntil: string }>()

export const book = carriedCommand({
  name: 'booking.book',
  by: ['resident@anyone', 'referral-desk@anyone'],
  basis: 'S0 实时号源;S2 分时段预约',
  does: {
    zh: '直接预约一个号:居民为本人或所代理的人,或本机构窗口为已登记的居民办理;即时生效。',
    en: 'Books a unit at once: the resident, for oneself or for whom one acts, or the desk of the institution itself for a registered person.',
  },
  input: bookInput,
  wish: (input, actor): Result<Wish> => {
    const isDesk = actor.role === 'referral-desk'
    if (isDesk && actor.org !== input.org) return refuse('platform.not-found')
    if (isDesk && !input.person) return refuse('booking.person-not-named')
    const person = (input.person ?? actor.person) as PersonId | null
    if (!person || (!isDesk && !actor.person)) return refuse('platform.not-found')
    return ok({
      form: 'booking.book',
      org: input.org as OrgId,
      pool: input.pool as PoolId,
      person,
      channel: 'direct',
      body: input,
    })
  },
  mayWish: mayBookFor,
  carriedBy: (house) => engineOf(house).book,
}).answering<{ org: string; booking: string; state: 'confirmed' }>()
