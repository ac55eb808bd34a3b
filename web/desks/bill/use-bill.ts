import { useEffect } from 'react'
import { useApi } from '../../api/use-api.ts'

/** Where to tap comes without an event of its own: it is asked for as often while the page waits for it. */
const LINK_EVERY_MS = 1_000

/** One bill, fresh: by live events, and by asking while the place to tap is being made. */
export const useBill = (key: { org: string; bill: string }) => {
  const asked = useApi('payment.bill', key)
  const { data, refetch } = asked
  const awaitsLink = data?.state === 'collecting' && data.cashApp !== 'window' && data.payLink === null
  useEffect(() => {
    if (!awaitsLink) return
    const timer = setInterval(() => void refetch(), LINK_EVERY_MS)
    return () => clearInterval(timer)
  }, [awaitsLink, refetch])
  return asked
}
