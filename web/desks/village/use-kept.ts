import { useState } from 'react'
import { useKeeper } from '../../api/keeper.tsx'

/**
 * A form's typed values, kept sealed on this device as they are typed: a reload, a killed browser or an empty battery
 * loses none. They go when the form is done, on signing out, and with everything else that is kept here.
 */
export const useKept = <V extends object>(key: string, start: V): [V, (change: Partial<V>) => void, () => void] => {
  const keeper = useKeeper()
  const [values, setValues] = useState<V>(() => ({ ...start, ...(keeper?.form(key) as Partial<V> | null) }))
  const change = (some: Partial<V>) =>
    setValues((before) => {
      const after = { ...before, ...some }
      // A full or closed storage only loses the safety net, never what stands on the page.
      keeper?.keepForm(key, after).catch(() => undefined)
      return after
    })
  const forget = () => {
    keeper?.keepForm(key, null).catch(() => undefined)
    setValues(start)
  }
  return [values, change, forget]
}
