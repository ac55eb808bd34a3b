import { useEffect, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { useLanguage, useWordsOf } from '../../words/language.tsx'
import { residentWords } from './words.ts'

/** A little slower than talk, for listeners who write things down. */
const readingRate = 0.9

/** Reads a text aloud with the device's own voice; a second press stops it. Not shown where the device has no voice. */
export const ReadAloud = ({ text }: { text: string }) => {
  const words = useWordsOf(residentWords)
  const language = useLanguage()
  const [isReading, setReading] = useState(false)
  const voice = 'speechSynthesis' in window ? window.speechSynthesis : null
  useEffect(() => () => voice?.cancel(), [voice])
  if (voice === null) return null
  const read = () => {
    voice.cancel()
    const spoken = new SpeechSynthesisUtterance(text)
    spoken.lang = language === 'zh' ? 'zh-CN' : 'en-GB'
    spoken.rate = readingRate
    spoken.addEventListener('end', () => setReading(false))
    spoken.addEventListener('error', () => setReading(false))
    voice.speak(spoken)
    setReading(true)
  }
  const stop = () => {
    voice.cancel()
    setReading(false)
  }
  return (
    <Button wide icon="sound" aria-pressed={isReading} onClick={isReading ? stop : read}>
      {isReading ? words.stopReading : words.readAloud}
    </Button>
  )
}
