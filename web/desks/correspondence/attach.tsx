import { useRef, useState } from 'react'
import { Button, IconButton } from '../../ui/button.tsx'
import { useWordsOf } from '../../words/language.tsx'
import { NotSendable, readyFiles, type ReadyFile } from './shrink-picture.ts'
import { sizeWords, threadWords } from './words.ts'

/** As many files as one message may have. */
const filesMost = 5

export type Attached = {
  ready: readonly ReadyFile[]
  isReading: boolean
  fault: NotSendable['why'] | 'many' | null
  add: (files: readonly File[]) => Promise<void>
  remove: (at: number) => Promise<void>
  clear: () => void
}

/** The files chosen for a message, made ready on this device. */
export const useAttached = (): Attached => {
  const [chosen, setChosen] = useState<readonly File[]>([])
  const [ready, setReady] = useState<readonly ReadyFile[]>([])
  const [isReading, setIsReading] = useState(false)
  const [fault, setFault] = useState<Attached['fault']>(null)
  const take = async (files: readonly File[]) => {
    setIsReading(true)
    setFault(null)
    try {
      setReady(await readyFiles(files))
      setChosen(files)
    } catch (thrown) {
      setFault(thrown instanceof NotSendable ? thrown.why : 'unreadable')
    } finally {
      setIsReading(false)
    }
  }
  return {
    ready,
    isReading,
    fault,
    add: async (files) => {
      if (chosen.length + files.length > filesMost) setFault('many')
      else await take([...chosen, ...files])
    },
    remove: (at) => take(chosen.filter((_, index) => index !== at)),
    clear: () => {
      setChosen([])
      setReady([])
      setFault(null)
    },
  }
}

/** Chooses files: a photograph taken now, or what lies on the device; and shows what was chosen. */
export const Attach = ({ attached }: { attached: Attached }) => {
  const words = useWordsOf(threadWords)
  const camera = useRef<HTMLInputElement>(null)
  const gallery = useRef<HTMLInputElement>(null)
  const input = (ref: typeof camera, accept: string, isCamera: boolean) => (
    <input
      ref={ref}
      type="file"
      hidden
      aria-label={isCamera ? words.camera : words.attach}
      accept={accept}
      multiple={!isCamera}
      {...(isCamera ? { capture: 'environment' as const } : {})}
      onChange={(event) => {
        const files = [...(event.target.files ?? [])]
        event.target.value = ''
        if (files.length > 0) void attached.add(files)
      }}
    />
  )
  return (
    <div className="stack tight">
      {attached.ready.length > 0 && (
        <ul className="chosen-files" aria-label={words.chosen}>
          {attached.ready.map((file, at) => (
            <li key={`${file.name} ${String(at)}`} className="along">
              <span>{file.name}</span>
              <span className="soft figures">{sizeWords(file.bytes)}</span>
              <IconButton label={words.remove(file.name)} icon="cross" onClick={() => void attached.remove(at)} />
            </li>
          ))}
        </ul>
      )}
      {attached.fault !== null && (
        <p className="field-error" role="alert">
          {words.faults[attached.fault]}
        </p>
      )}
      <div className="along attach-buttons">
        <Button small className="camera-only" icon="device" busy={attached.isReading} onClick={() => camera.current?.click()}>
          {words.camera}
        </Button>
        <Button small icon="plus" busy={attached.isReading} onClick={() => gallery.current?.click()}>
          {words.attach}
        </Button>
        {input(camera, 'image/*', true)}
        {input(gallery, 'image/*,application/pdf', false)}
      </div>
    </div>
  )
}
