import { useEffect, useState } from 'react'
import { useApi } from '../../api/use-api.ts'
import type { LetterTemplate } from './letter-templates.ts'

const keptUnder = 'jieli-letter-templates'

const kept = (): readonly LetterTemplate[] => {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(keptUnder) ?? '[]')
    return Array.isArray(read) ? (read as LetterTemplate[]) : []
  } catch {
    return []
  }
}

/** The templates in use; without a network the copy that this device kept, which says nothing about any person. */
export const useLetterTemplates = (): readonly LetterTemplate[] => {
  const { data } = useApi('referral.letter-templates', {})
  const [copy] = useState(kept)
  useEffect(() => {
    if (data === undefined) return
    try {
      localStorage.setItem(keptUnder, JSON.stringify(data.templates))
    } catch {
      // A full device only loses the templates for the next time without a network.
    }
  }, [data])
  return data?.templates ?? copy
}
