import { call } from '../api/client.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useToast } from '../ui/toast.tsx'
import { useWordsOf } from '../words/language.tsx'
import { CodeForm } from './second-factor-code.tsx'
import { secondFactorWords } from './second-factor-words.ts'

/** The window in which somebody who is signed in proves once more who they are. */
export const ProveDialog = ({ onClose, onProved }: { onClose: () => void; onProved?: () => void }) => {
  const words = useWordsOf(secondFactorWords)
  const toast = useToast()
  return (
    <Dialog title={words.proveTitle} open onClose={onClose}>
      <p>{words.proveWhy}</p>
      <CodeForm
        secret
        words={{ label: words.proof, missing: words.proofMissing, go: words.go }}
        send={async (proof) => {
          await call('security.prove', { proof })
          if (onProved === undefined) toast({ text: words.proved })
          onProved?.()
          onClose()
        }}
      />
    </Dialog>
  )
}
