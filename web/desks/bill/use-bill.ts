import { useEffect } from 'react'
import { useApi } from '../../api/use-api.ts'
import { useActor } from '../../shell/session.tsx'

/** What comes without an event to this page is asked for as often while the page waits for it. */
const LOOK_EVERY_MS = 1_000
/** States in which the house, or somebody in the payment app, moves the bill on. */
const MOVING: readonly string[] = ['quoting', 'collecting', 'confirming', 'returning', 'withdrawing']

/**
 * One bill, fresh: by live events; by asking while the place to tap is being made, and where it is the bill of somebody for whom one acts,
 * because live events tell a resident of the own bills alone.
 */
export const useBill = (key: { org: string; bill: string }) => {
  const asked = useApi('payment.bill', key)
  const { data, refetch } = asked
  const { resident } = useActor()
  const isOfAnother = resident !== null && data !== undefined && data.person !== resident && MOVING.includes(data.state)
  const awaitsLink = data?.state === 'collecting' && data.cashApp !== 'window' && data.payLink === null
  useEffect(() => {
    if (!awaitsLink && !isOfAnother) return
    const timer = setInterval(() => void refetch(), LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [awaitsLink, isOfAnother, refetch])
  return asked
}
