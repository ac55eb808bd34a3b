import { useState } from 'react'
import type { ReadyFile } from '../correspondence/shrink-picture.ts'
import { Field } from '../../ui/field.tsx'
import { useConsentWords } from './consent-words.ts'

/** A photo or PDF of a signed paper, made ready on the device; a file that cannot be used is said so. */
export const ScanField = ({
  file,
  error,
  onFile,
}: {
  file: ReadyFile | null
  error: string | undefined
  onFile: (file: File) => Promise<void>
}) => {
  const { form: words } = useConsentWords()
  const [isWrong, setWrong] = useState(false)
  const take = async (chosen: File | undefined) => {
    if (chosen === undefined) return
    setWrong(false)
    await onFile(chosen).catch(() => setWrong(true))
  }
  return (
    <Field
      label={words.scan}
      hint={file === null ? words.scanHint : file.name}
      required
      error={isWrong ? words.scanWrong : error}
    >
      {(wiring) => (
        <input
          {...wiring}
          type="file"
          accept="image/*,application/pdf"
          onChange={(event) => void take(event.target.files?.[0])}
        />
      )}
    </Field>
  )
}
