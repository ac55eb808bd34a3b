import { useEffect, useState } from 'react'

const read = (key: string): unknown => {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

/**
 * A form's typed values, kept through a reload of this tab and gone with the tab: they are about a person, so they
 * do not stay on a shared machine. `null` forgets them.
 */
export const useKept = <V extends object>(key: string, start: V): [V, (change: Partial<V>) => void, () => void] => {
  const [values, setValues] = useState<V>(() => ({ ...start, ...(read(key) as Partial<V> | null) }))
  useEffect(() => {
    try {
      sessionStorage.setItem(key, JSON.stringify(values))
    } catch {
      // A full or closed storage only loses the safety net of a reload, never what stands on the page.
    }
  }, [key, values])
  const change = (some: Partial<V>) => setValues((before) => ({ ...before, ...some }))
  const forget = () => {
    sessionStorage.removeItem(key)
    setValues(start)
  }
  return [values, change, forget]
}
