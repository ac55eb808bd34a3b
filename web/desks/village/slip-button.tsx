import { useState } from 'react'
import { fetchQuery } from '../../api/client.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorNote } from '../../ui/error-note.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { consentWords } from './consent-words.ts'
import { caseWords } from './words.ts'

/** How long the opened document stays readable for the window that shows it. */
const keptMs = 60_000

const open = (window_: Window | null, pdf: string, fileName: string): void => {
  const bytes = Uint8Array.from(atob(pdf), (letter) => letter.charCodeAt(0))
  const address = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }))
  if (window_ === null) {
    const link = document.createElement('a')
    link.href = address
    link.download = fileName
    link.click()
  } else {
    window_.location.href = address
  }
  setTimeout(() => URL.revokeObjectURL(address), keptMs)
}

/** Fetches the slip as PDF and opens it; the window is opened at once, because browsers block one that comes late. */
export const SlipButton = ({ referral, kind }: { referral: string; kind: 'referral' | 'return' | 'consent' }) => {
  const words = useWordsOf(caseWords)
  const labels = { referral: words.one.printSlip, return: words.one.printReturn, consent: useWordsOf(consentWords).form }
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const print = async () => {
    const window_ = window.open('', '_blank')
    setBusy(true)
    setError(null)
    try {
      const { pdf, fileName } = await fetchQuery('referral.slip', { referral, kind })
      open(window_, pdf, fileName)
    } catch (thrown) {
      window_?.close()
      setError(thrown)
    } finally {
      setBusy(false)
    }
  }
  return (
    <>
      <Button icon="record" busy={isBusy} onClick={() => void print()}>
        {labels[kind]}
      </Button>
      {error !== null && <ErrorNote error={error} onRetry={() => void print()} />}
    </>
  )
}
